import fc from 'fast-check';
import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'max_retention_days', days: 30 } as const;
const NONE = { kind: 'max_retention_days', days: 0 } as const;

describe('max_retention_days', () => {
  describeKind({
    rule: RULE,
    good: new Map([['retention_days', 30]]),
    needs: 'all',
    accepts: (_name, value) => typeof value === 'number' && value >= 0 && value <= 30,
    edges: [0, 29, 30, 30.0001, 31, -0.5, -Infinity, '0', '30'],
  });

  it.each([
    [0, 'satisfied'],
    [1, 'contrary'],
    [Number.MIN_VALUE, 'contrary'],
  ])('takes a bound of 0 for the strictest: %p days', (days, state) => {
    expect(evaluateRule(NONE, statedFacts({ retention_days: days })).state).toBe(state);
  });

  it.each([-1, NaN])('lets nothing pass a bound of %p', (days) => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(0), fc.double(), fc.integer()), (value) => {
        const facts = statedFacts({ retention_days: value });
        expect(evaluateRule({ kind: 'max_retention_days', days }, facts).state).toBe('contrary');
      }),
    );
  });

  it('infers nothing from zero retention', () => {
    expect(evaluateRule(NONE, statedFacts({ zero_data_retention: true })).state).toBe('unknown');
  });

  it('shows the bound and the days', () => {
    expect(expectedOf(RULE)).toBe('retention_days at most 30');
    expect(remedyOf(RULE)).toBe('retention_days: 30');
    expect(evaluateRule(RULE, statedFacts({ retention_days: 55 }))).toMatchObject({
      observed: 'retention_days: 55',
    });
  });
});
