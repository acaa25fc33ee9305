import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'deny_user_data_collection' } as const;

describe('deny_user_data_collection', () => {
  describeKind({
    rule: RULE,
    good: new Map([['user_data_collection', 'deny']]),
    needs: 'all',
    accepts: (_name, value) => value === 'deny',
    edges: ['allow', 'Deny', 'denied'],
  });

  it('shows what it wants and what it found', () => {
    expect(expectedOf(RULE)).toBe('user_data_collection: deny');
    expect(remedyOf(RULE)).toBe('user_data_collection: deny');
    expect(evaluateRule(RULE, statedFacts({ user_data_collection: 'allow' }))).toMatchObject({
      state: 'contrary',
      claim: 'user_data_collection',
      expected: 'user_data_collection: deny',
      observed: 'user_data_collection: allow',
      evidence: { position: { file: 'catalog.yaml', line: 7 } },
    });
  });

  it('infers nothing from other claims', () => {
    const facts = statedFacts({
      analytics_collection: 'deny',
      training_opt_out: true,
      prompt_logging: false,
    });
    expect(evaluateRule(RULE, facts)).toMatchObject({ state: 'unknown', observed: 'not declared' });
  });
});
