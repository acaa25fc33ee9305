import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import type { ClaimValue } from '../../../src/core/model/claim';
import { statedFacts } from './support/facts';

const RULE = { kind: 'headquarters', allow: ['eu', 'US'], deny: ['HU'] } as const;
const seats = (allowed: readonly string[]) => (_name: string, value: ClaimValue) =>
  typeof value === 'object' && value.length > 0 && value.every((one) => allowed.includes(one));

describe('headquarters, allow and deny', () => {
  describeKind({
    rule: RULE,
    good: new Map([['headquarters', ['US', 'DE']]]),
    needs: 'all',
    accepts: seats(['US', 'DE', 'FR']),
    edges: [
      ['DE'],
      ['US', 'FR'],
      ['US', 'CN'],
      ['HU'],
      ['DE', 'HU'],
      ['eu'],
      ['global'],
      ['uk'],
      'US',
      ['DE', ''],
    ],
  });
});

describe('headquarters, deny only', () => {
  describeKind({
    rule: { kind: 'headquarters', deny: ['CN', 'eea'] },
    good: new Map([['headquarters', ['US']]]),
    needs: 'all',
    accepts: seats(['US', 'CH']),
    edges: [['CH'], ['US', 'CN'], ['DE'], ['NO'], ['eu'], ['global'], ['us-east-1'], ['US', '']],
  });
});

describe('headquarters', () => {
  it.each([
    ['every seat inside allow', { allow: ['eea'] }, ['DE', 'NO'], 'satisfied'],
    ['one seat outside allow', { allow: ['eea'] }, ['DE', 'GB'], 'contrary'],
    ['an empty allow', { allow: [] }, ['DE'], 'contrary'],
    ['an empty deny', { deny: [] }, ['DE'], 'satisfied'],
    ['no bound at all', {}, ['DE'], 'contrary'],
    ['a seat that may be in the denied country', { deny: ['DE'] }, ['eu'], 'contrary'],
    ['a denied text that is no region', { deny: ['uk'] }, ['FR'], 'contrary'],
    ['lower case', { allow: ['DE'], deny: ['cn'] }, ['de'], 'satisfied'],
    ['lower case denied', { deny: ['cn'] }, ['CN'], 'contrary'],
  ])('judges %s', (_label, bounds, countries, state) => {
    const rule = { kind: 'headquarters', ...bounds } as const;
    expect(evaluateRule(rule, statedFacts({ headquarters: countries })).state).toBe(state);
  });

  it('infers nothing from regions', () => {
    const facts = statedFacts(
      { processing_regions: ['eu'], storage_regions: ['eu'] },
      { namedRegions: ['DE'] },
    );
    expect(evaluateRule(RULE, facts).state).toBe('unknown');
  });

  it('shows what it wants and what it found', () => {
    expect(expectedOf(RULE)).toBe('headquarters all inside [eu, US] and none inside [HU]');
    expect(remedyOf(RULE)).toBe('headquarters: all inside [eu, US] and none inside [HU]');
    expect(evaluateRule(RULE, statedFacts({ headquarters: ['CN'] }))).toMatchObject({
      observed: 'headquarters: [CN]',
    });
  });
});
