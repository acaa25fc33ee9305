import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'max_price', prompt: 2.5, completion: 10 } as const;
const BOUNDS = { price_prompt: 2.5, price_completion: 10 };

describe('max_price', () => {
  describeKind({
    rule: RULE,
    good: new Map([
      ['price_prompt', 2.5],
      ['price_completion', 10],
    ] as const),
    needs: 'all',
    accepts: (name, value) =>
      typeof value === 'number' && value >= 0 && value <= BOUNDS[name as keyof typeof BOUNDS],
    edges: [2.5, 2.500001, 10, 10.01, '2.5'],
  });

  describe('with one bound', () => {
    describeKind({
      rule: { kind: 'max_price', completion: 0 },
      good: new Map([['price_completion', 0]]),
      needs: 'all',
      accepts: (_name, value) => value === 0,
      edges: [0.000001],
    });
  });

  it('is an error where it bounds nothing', () => {
    expect(evaluateRule({ kind: 'max_price' }, statedFacts(BOUNDS)).state).toBe('error');
  });

  it('shows every price that is too high', () => {
    expect(expectedOf(RULE)).toBe(
      'price_prompt at most 2.5 USD per million tokens and price_completion at most 10 USD per million tokens',
    );
    expect(remedyOf(RULE)).toBe('price_prompt: 2.5 and price_completion: 10');
    expect(
      evaluateRule(RULE, statedFacts({ price_prompt: 3, price_completion: 15 })),
    ).toMatchObject({
      claim: 'price_prompt',
      observed: 'price_prompt: 3; price_completion: 15',
    });
  });
});
