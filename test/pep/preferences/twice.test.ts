import { ask, problemOf, read } from './support/asking';
import type { Writing } from './support/asking';

const gateway = (options: object) => ({ providerOptions: { gateway: options } });

/** One preference in two places: alike, and differently. */
const TWICE: readonly (readonly [string, Writing, Writing])[] = [
  [
    'two formats of body',
    { body: { ...gateway({ only: ['a', 'b'] }), provider: { only: ['b', 'a'] } } },
    { body: { ...gateway({ only: ['a', 'b'] }), provider: { only: ['a'] } } },
  ],
  [
    'an order, which is one',
    { body: { ...gateway({ order: ['a', 'b'] }), provider: { order: ['a', 'b'] } } },
    { body: { ...gateway({ order: ['a', 'b'] }), provider: { order: ['b', 'a'] } } },
  ],
  [
    'models',
    { body: { ...gateway({ models: ['a'] }), models: ['a'] } },
    { body: { ...gateway({ models: ['a'] }), models: ['b'] } },
  ],
  [
    'a body and a header',
    { body: { provider: { zdr: true } }, headers: { 'ambit-prefer-zero-data-retention': 'true' } },
    { body: { provider: { zdr: true } }, headers: { 'ambit-prefer-zero-data-retention': 'false' } },
  ],
  [
    'options and a header',
    {
      body: gateway({ disallowPromptTraining: true }),
      headers: { 'ambit-prefer-no-training': 'true' },
    },
    {
      body: gateway({ disallowPromptTraining: false }),
      headers: { 'ambit-prefer-no-training': 'true' },
    },
  ],
  [
    'a price',
    {
      body: { provider: { max_price: { prompt: '0.50' } } },
      headers: { 'ambit-prefer-max-price-prompt': '0.5' },
    },
    {
      body: { provider: { max_price: { prompt: 1 } } },
      headers: { 'ambit-prefer-max-price-prompt': '0.5' },
    },
  ],
  [
    'a precision',
    { body: { ...gateway({ has: ['quantization:FP8'] }), provider: { quantizations: ['fp8'] } } },
    { body: { ...gateway({ has: ['quantization:fp8'] }), provider: { quantizations: ['fp4'] } } },
  ],
  [
    'two headers of one meaning',
    { headers: { 'ambit-prefer-processing-regions': 'eu', 'x-llmgateway-data-residency': 'EU' } },
    { headers: { 'ambit-prefer-processing-regions': 'de', 'x-llmgateway-data-residency': 'eu' } },
  ],
  [
    'an empty list, which is not none',
    { body: { provider: { only: [] } }, headers: { 'ambit-prefer-only': '' } },
    { body: { provider: { only: [] } }, headers: { 'ambit-prefer-only': 'a' } },
  ],
  [
    'a repeated header',
    { headers: { 'ambit-prefer-only': ['a, b', 'b,a'] } },
    { headers: { 'ambit-prefer-only': ['a', 'b'] } },
  ],
  [
    'a header in two spellings',
    { headers: { 'ambit-prefer-only': 'a', 'Ambit-Prefer-Only': 'a' } },
    { headers: { 'ambit-prefer-only': 'a', 'Ambit-Prefer-Only': 'b' } },
  ],
];

describe('one preference that is stated twice', () => {
  test.each(TWICE)('alike in %s is one', (_what, alike) => {
    const { preferences, models } = read(alike);
    expect(Object.keys(preferences).length + models.length).toBe(1);
  });

  test.each(TWICE)('differently in %s is refused', (_what, _alike, differently) => {
    expect(problemOf(differently)).toContain('state it once');
  });

  test('is named with both its places', () => {
    const body = { ...gateway({ only: ['a'] }), provider: { only: ['b'] } };
    expect(problemOf({ body })).toBe(
      '`providerOptions.gateway.only` and `provider.only` state one preference differently; state it once',
    );
  });

  test('in three places is refused for each that differs', () => {
    const body = { ...gateway({ only: ['a'] }), provider: { only: ['b'] } };
    const { problems } = ask({ body, headers: { 'ambit-prefer-only': 'c' } });
    expect(problems).toHaveLength(2);
  });

  test('both bounds of a price are one preference each', () => {
    const body = { provider: { max_price: { prompt: 1 } } };
    expect(
      read({ body, headers: { 'ambit-prefer-max-price-completion': '2' } }).preferences,
    ).toEqual({
      maxPrice: { prompt: 1, completion: 2 },
    });
  });
});
