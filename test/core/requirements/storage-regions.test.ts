import type { ClaimName } from '../../../src/core/model/claim';
import type { ClaimReading } from '../../../src/core/model/requirement';
import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { claim, factsOf, stated, statedFacts } from './support/facts';

const RULE = { kind: 'storage_regions', regions: ['eea'] } as const;
const INSIDE = ['eea', 'eu', 'DE', 'NO'];

describe('storage_regions', () => {
  describeKind({
    rule: RULE,
    good: new Map<'storage_regions' | 'retention_days', number | readonly string[]>([
      ['storage_regions', ['eea']],
      ['retention_days', 0],
    ]),
    needs: 'any',
    leads: 'storage_regions',
    accepts: (name, value) =>
      name === 'retention_days'
        ? value === 0
        : typeof value === 'object' &&
          value.length > 0 &&
          value.every((one) => INSIDE.includes(one)),
    edges: [['eu'], ['NO'], ['eea'], ['DE', 'US'], ['GB'], ['global'], 'eea', 0, 1, '0'],
  });

  it('is satisfied by a statement that nothing is kept, wherever the target is', () => {
    const facts = statedFacts({ retention_days: 0 }, { namedRegions: ['us-east-1'] });
    expect(evaluateRule(RULE, facts)).toMatchObject({
      state: 'satisfied',
      reliedOn: [{ name: 'retention_days' }],
    });
  });

  it('takes neither a short retention nor zero retention for nothing kept', () => {
    const facts = statedFacts({ retention_days: 1, zero_data_retention: true });
    expect(evaluateRule(RULE, facts)).toMatchObject({ state: 'unknown', claim: 'storage_regions' });
  });

  it('relies on no retention claim that is not in force', () => {
    const readings = new Map([
      ['storage_regions' as const, stated('storage_regions', ['US'])],
      ['retention_days' as const, { state: 'expired', claim: claim('retention_days', 0) } as const],
    ]);
    expect(evaluateRule(RULE, factsOf(readings))).toMatchObject({
      state: 'contrary',
      observed: 'storage_regions: [US]',
    });
  });

  it('does not hide a conflict over what is kept, unless storage satisfies by itself', () => {
    const kept: ClaimReading = {
      state: 'conflicting',
      claims: [claim('retention_days', 0), claim('retention_days', 30)],
    };
    const judge = (stored: readonly string[]) =>
      evaluateRule(
        RULE,
        factsOf(
          new Map<ClaimName, ClaimReading>([
            ['storage_regions', stated('storage_regions', stored)],
            ['retention_days', kept],
          ]),
        ),
      );
    expect(judge(['US'])).toMatchObject({
      state: 'conflicting',
      claim: 'retention_days',
      observed: 'storage_regions: [US]; retention_days: 0 and retention_days: 30',
    });
    expect(judge(['DE']).state).toBe('satisfied');
  });

  it('wants named regions inside, too, where something is kept', () => {
    const claims = { storage_regions: ['eea'], retention_days: 30 };
    expect(evaluateRule(RULE, statedFacts(claims, { namedRegions: ['DE'] })).state).toBe(
      'satisfied',
    );
    expect(evaluateRule(RULE, statedFacts(claims, { namedRegions: ['eu-west-1'] }))).toMatchObject({
      state: 'contrary',
      claim: 'storage_regions',
      observed: 'named region `eu-west-1` not inside',
    });
  });

  it('infers nothing from processing or headquarters', () => {
    const facts = statedFacts({ processing_regions: ['eu'], headquarters: ['DE'] });
    expect(evaluateRule(RULE, facts).state).toBe('unknown');
  });

  it('shows what it wants and a claim that would do', () => {
    expect(expectedOf(RULE)).toBe('storage_regions inside [eea] or retention_days: 0');
    expect(remedyOf(RULE)).toBe('storage_regions: [eea] or retention_days: 0');
  });
});
