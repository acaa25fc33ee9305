import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'require_no_training' } as const;

describe('require_no_training', () => {
  describeKind({
    rule: RULE,
    good: new Map([['training_opt_out', true]]),
    needs: 'all',
    accepts: (_name, value) => value === true,
    edges: ['TRUE', 'yes'],
  });

  it('shows what it wants and what it found', () => {
    expect(expectedOf(RULE)).toBe('training_opt_out: true');
    expect(remedyOf(RULE)).toBe('training_opt_out: true');
    expect(evaluateRule(RULE, statedFacts({ training_opt_out: false }))).toMatchObject({
      state: 'contrary',
      claim: 'training_opt_out',
      expected: 'training_opt_out: true',
      observed: 'training_opt_out: false',
      evidence: { position: { file: 'catalog.yaml', line: 7 } },
    });
  });

  it('infers nothing from other claims', () => {
    const facts = statedFacts({
      zero_data_retention: true,
      retention_days: 0,
      user_data_collection: 'deny',
    });
    expect(evaluateRule(RULE, facts)).toMatchObject({ state: 'unknown', observed: 'not declared' });
  });
});
