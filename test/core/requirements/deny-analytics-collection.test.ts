import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'deny_analytics_collection' } as const;

describe('deny_analytics_collection', () => {
  describeKind({
    rule: RULE,
    good: new Map([['analytics_collection', 'deny']]),
    needs: 'all',
    accepts: (_name, value) => value === 'deny',
    edges: ['allow', 'Deny', 'denied'],
  });

  it('shows what it wants and what it found', () => {
    expect(expectedOf(RULE)).toBe('analytics_collection: deny');
    expect(remedyOf(RULE)).toBe('analytics_collection: deny');
    expect(evaluateRule(RULE, statedFacts({ analytics_collection: 'allow' }))).toMatchObject({
      state: 'contrary',
      claim: 'analytics_collection',
      expected: 'analytics_collection: deny',
      observed: 'analytics_collection: allow',
      evidence: { position: { file: 'catalog.yaml', line: 7 } },
    });
  });

  it('infers nothing from other claims', () => {
    const facts = statedFacts({
      user_data_collection: 'deny',
      training_opt_out: true,
      prompt_logging: false,
    });
    expect(evaluateRule(RULE, facts)).toMatchObject({ state: 'unknown', observed: 'not declared' });
  });
});
