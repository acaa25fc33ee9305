import { PREFERENCE_WORDS } from '../../../src/ports/client-preferences';
import { ask, problemOf, read } from './support/asking';

const SAMPLES: Readonly<Record<(typeof PREFERENCE_WORDS)[number], [string, object]>> = {
  only: ['openai, azure', { only: ['openai', 'azure'] }],
  ignore: ['groq', { ignore: ['groq'] }],
  order: ['b,a', { order: ['b', 'a'] }],
  'allow-fallbacks': ['false', { allowFallbacks: false }],
  'zero-data-retention': ['true', { zeroDataRetention: true }],
  'no-training': ['true', { noTraining: true }],
  'data-collection': ['deny', { dataCollection: 'deny' }],
  'max-retention-days': ['0', { maxRetentionDays: 0 }],
  'processing-regions': ['EU, de', { processingRegions: ['eu', 'DE'] }],
  quantizations: ['fp8,bf16', { quantizations: ['fp8', 'bf16'] }],
  'max-price-prompt': ['0.5', { maxPrice: { prompt: 0.5 } }],
  'max-price-completion': ['2', { maxPrice: { completion: 2 } }],
};

describe('the headers ambit-prefer-*', () => {
  test.each(PREFERENCE_WORDS)('%s is read, in any case of its name', (word) => {
    const [value, preferences] = SAMPLES[word];
    expect(read({ headers: { [`ambit-prefer-${word}`]: value } }).preferences).toEqual(preferences);
    expect(read({ headers: { [`Ambit-Prefer-${word}`]: value } }).preferences).toEqual(preferences);
  });

  test.each(PREFERENCE_WORDS)('%s is refused unless it is allowed, and not passed over', (word) => {
    const others = PREFERENCE_WORDS.filter((each) => each !== word);
    const headers = { [`ambit-prefer-${word}`]: SAMPLES[word][0] };
    const problem = problemOf({ headers }, { headers: others, formats: [] });
    expect(problem).toBe(`\`ambit-prefer-${word}\` is not read here; leave it out`);
  });

  test.each([
    ['only', '', { only: [] }],
    ['only', '  ', { only: [] }],
    ['processing-regions', '', { processingRegions: [] }],
    ['max-price-prompt', '0', { maxPrice: { prompt: 0 } }],
    ['only', 'open%61i', { only: ['open%61i'] }],
  ])('%s of `%s` asks for %j', (word, value, preferences) => {
    expect(read({ headers: { [`ambit-prefer-${word}`]: value } }).preferences).toEqual(preferences);
  });

  test.each([
    ['only', 'a,,b', 'holds an empty name'],
    ['only', ',', 'holds an empty name'],
    ['only', 'x'.repeat(257), 'holds a name of more than 256 bytes'],
    ['allow-fallbacks', 'no', 'must be `true` or `false`'],
    ['zero-data-retention', 'True', 'must be `true` or `false`'],
    ['zero-data-retention', '1', 'must be `true` or `false`'],
    ['no-training', '', 'must be `true` or `false`'],
    ['no-training', 'true, true', 'must be `true` or `false`'],
    ['data-collection', 'never', 'must be one of allow, deny'],
    ['max-retention-days', '-1', 'must be a whole number of days'],
    ['max-retention-days', '1.5', 'must be a whole number of days'],
    ['max-retention-days', '030', 'must be a whole number of days'],
    ['max-retention-days', '1e1', 'must be a whole number of days'],
    ['max-retention-days', '', 'must be a whole number of days'],
    ['max-price-prompt', '.5', 'must be a price, such as 0.5'],
    ['max-price-completion', '1,5', 'must be a price, such as 0.5'],
    ['max-price-completion', 'NaN', 'must be a price, such as 0.5'],
    [
      'processing-regions',
      'eu, mars',
      'holds what is no region; write `eu`, `eea` or codes of ISO 3166-1',
    ],
    [
      'processing-regions',
      'global',
      'holds what is no region; write `eu`, `eea` or codes of ISO 3166-1',
    ],
  ])('%s of `%s` is refused', (word, value, problem) => {
    const headers = { [`ambit-prefer-${word}`]: value };
    expect(problemOf({ headers })).toBe(`\`ambit-prefer-${word}\` ${problem}`);
  });

  test('one that is not known is refused, whatever is allowed', () => {
    expect(problemOf({ headers: { 'ambit-prefer-olny': 'a' } })).toBe(
      'a header `ambit-prefer-…` is not known; `ambit-prefer-only` may be meant',
    );
    expect(problemOf({ headers: { 'ambit-prefer-': 'a' } })).toContain('known are only, ignore');
    expect(problemOf({ headers: { 'ambit-prefer-toString': 'a' } })).toContain('is not known');
  });

  test('other headers are none of them', () => {
    const headers = { 'x-request-id': 'r', 'ambit-preference': 'x', only: 'a' };
    expect(read({ headers })).toEqual({ preferences: {}, models: [], asksMore: false });
  });
});

describe("LLMGateway's header of data residency", () => {
  const residency = (value: string | readonly string[]) => ({
    headers: { 'X-LLMGateway-Data-Residency': value },
  });

  test.each(['eu', 'EU', ' Eu '])('`%s` is a region', (value) => {
    expect(read(residency(value)).preferences).toEqual({ processingRegions: ['eu'] });
  });

  test.each(['', 'eu,us', 'global', 'mars'])('`%s` is refused', (value) => {
    expect(problemOf(residency(value))).toContain('`x-llmgateway-data-residency` holds');
  });

  test('is refused where it is not allowed', () => {
    const rules = { headers: PREFERENCE_WORDS, formats: ['vercel', 'openrouter'] } as const;
    expect(problemOf(residency('eu'), rules)).toBe(
      '`x-llmgateway-data-residency` is not read here; leave it out',
    );
  });

  test('twice in different ways is refused', () => {
    expect(ask(residency(['eu', 'EU'])).problems).toEqual([]);
    expect(problemOf(residency(['eu', 'us']))).toBe(
      '`x-llmgateway-data-residency` is stated twice, and differently; state it once',
    );
  });
});
