import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { factsOf, notInForce, statedFacts } from './support/facts';

const RULE = { kind: 'require_zero_data_retention' } as const;

describe('require_zero_data_retention', () => {
  describeKind({
    rule: RULE,
    good: new Map([['zero_data_retention', true]]),
    needs: 'all',
    accepts: (_name, value) => value === true,
    edges: ['TRUE', 'yes'],
  });

  it('shows what it wants and what it found', () => {
    expect(expectedOf(RULE)).toBe('zero_data_retention: true');
    expect(remedyOf(RULE)).toBe('zero_data_retention: true');
    expect(evaluateRule(RULE, statedFacts({ zero_data_retention: false }))).toMatchObject({
      state: 'contrary',
      claim: 'zero_data_retention',
      expected: 'zero_data_retention: true',
      observed: 'zero_data_retention: false',
      evidence: { position: { file: 'catalog.yaml', line: 7 } },
    });
  });

  it('says how a claim does not count', () => {
    const observed = notInForce('zero_data_retention', true).map((reading) => {
      const result = evaluateRule(RULE, factsOf(new Map([['zero_data_retention', reading]])));
      return result.state === 'satisfied' ? '' : result.observed;
    });
    expect(observed).toEqual([
      'not declared',
      'declared, but not for this api and these features',
      'zero_data_retention: true, expired',
      'zero_data_retention: true and zero_data_retention: other',
    ]);
  });

  it('infers nothing from other claims', () => {
    const facts = statedFacts({
      retention_days: 0,
      training_opt_out: true,
      prompt_logging: false,
      in_memory_only: true,
    });
    expect(evaluateRule(RULE, facts)).toMatchObject({ state: 'unknown', observed: 'not declared' });
  });
});
