import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import type { ClaimValue } from '../../../src/core/model/claim';
import { factsOf, statedFacts } from './support/facts';

const RULE = { kind: 'processing_regions', regions: ['eu', 'CH'] } as const;
// What lies inside [eu, CH], said again as a table.
const INSIDE = ['eu', 'DE', 'FR', 'CH'];

function allInside(value: ClaimValue): boolean {
  return (
    typeof value === 'object' && value.length > 0 && value.every((one) => INSIDE.includes(one))
  );
}

describe('processing_regions', () => {
  describeKind({
    rule: RULE,
    good: new Map([['processing_regions', ['DE', 'CH']]]),
    needs: 'all',
    accepts: (_name, value) => allInside(value),
    edges: [
      ['eu'],
      ['FR'],
      ['DE', 'US'],
      ['DE', 'global'],
      ['eea'],
      ['NO'],
      ['GB'],
      ['DE', ''],
      ['eu-west-1'],
      'eu',
      'DE',
    ],
  });

  it('infers nothing from headquarters, storage or retention', () => {
    const facts = statedFacts({
      headquarters: ['DE'],
      storage_regions: ['eu'],
      retention_days: 0,
      gdpr: true,
    });
    expect(evaluateRule(RULE, facts).state).toBe('unknown');
  });

  it.each([
    [['DE'], 'satisfied'],
    [['eu', 'ch'], 'satisfied'],
    [['DE', 'US'], 'contrary'],
    [['eu-west-1'], 'contrary'],
    [['global'], 'contrary'],
    [[''], 'contrary'],
    [['eea'], 'contrary'],
  ])('wants named regions inside, too: %p', (namedRegions, state) => {
    const facts = statedFacts({ processing_regions: ['eu'] }, { namedRegions });
    expect(evaluateRule(RULE, facts).state).toBe(state);
  });

  it('names the region that does not lie inside, with the claim as evidence', () => {
    const facts = statedFacts(
      { processing_regions: ['eu'] },
      { namedRegions: ['DE', 'eu-west-1'] },
    );
    expect(evaluateRule(RULE, facts)).toMatchObject({
      state: 'contrary',
      claim: 'processing_regions',
      expected: 'processing_regions inside [eu, CH]',
      observed: 'named region `eu-west-1` not inside',
      evidence: { name: 'processing_regions' },
    });
    const two = statedFacts({ processing_regions: ['eu'] }, { namedRegions: ['US', 'DE', 'GB'] });
    expect(evaluateRule(RULE, two)).toMatchObject({
      observed: 'named region `US`, `GB` not inside',
    });
  });

  it('is not satisfied by a named region alone', () => {
    expect(evaluateRule(RULE, factsOf(new Map(), { namedRegions: ['DE'] })).state).toBe('unknown');
    expect(evaluateRule(RULE, factsOf(new Map(), { namedRegions: ['US'] }))).toMatchObject({
      state: 'unknown',
      observed: 'processing_regions not declared; named region `US` not inside',
    });
  });

  it('lets nothing pass an empty list, nor one of no region', () => {
    for (const regions of [[], ['global'], ['eu-west-1'], ['']]) {
      const facts = statedFacts({ processing_regions: regions.length === 0 ? ['DE'] : regions });
      expect(evaluateRule({ kind: 'processing_regions', regions }, facts).state).toBe('contrary');
    }
  });

  it('shows what it wants and a claim that would do', () => {
    expect(expectedOf(RULE)).toBe('processing_regions inside [eu, CH]');
    expect(remedyOf(RULE)).toBe('processing_regions: [eu, CH]');
  });
});
