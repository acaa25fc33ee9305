import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'gdpr' } as const;

describe('gdpr', () => {
  describeKind({
    rule: RULE,
    good: new Map([['gdpr', true]]),
    needs: 'all',
    accepts: (_name, value) => value === true,
    edges: ['TRUE', 'compliant'],
  });

  it('shows what it wants and what it found', () => {
    expect(expectedOf(RULE)).toBe('gdpr: true');
    expect(remedyOf(RULE)).toBe('gdpr: true');
    expect(evaluateRule(RULE, statedFacts({ gdpr: false }))).toMatchObject({
      state: 'contrary',
      claim: 'gdpr',
      expected: 'gdpr: true',
      observed: 'gdpr: false',
      evidence: { position: { file: 'catalog.yaml', line: 7 } },
    });
  });

  it('infers nothing from other claims', () => {
    const facts = statedFacts({
      processing_regions: ['eu'],
      storage_regions: ['eu'],
      headquarters: ['DE'],
    });
    expect(evaluateRule(RULE, facts)).toMatchObject({ state: 'unknown', observed: 'not declared' });
  });
});
