import { problemOf, read } from './support/asking';

const provider = (options: unknown) => ({ body: { model: 'm', provider: options } });

describe('the provider object of OpenRouter', () => {
  test('is read whole', () => {
    const options = {
      only: ['azure'],
      ignore: ['groq'],
      order: ['azure', 'openai'],
      allow_fallbacks: false,
      zdr: true,
      data_collection: 'deny',
      quantizations: ['fp8', 'unknown'],
      max_price: { prompt: 1, completion: '2.50' },
    };
    expect(read(provider(options)).preferences).toEqual({
      only: ['azure'],
      ignore: ['groq'],
      order: ['azure', 'openai'],
      allowFallbacks: false,
      zeroDataRetention: true,
      dataCollection: 'deny',
      quantizations: ['fp8', 'unknown'],
      maxPrice: { prompt: 1, completion: 2.5 },
    });
  });

  test.each([
    [null, {}],
    [{}, {}],
    [
      { only: [], ignore: [], quantizations: [] },
      { only: [], ignore: [], quantizations: [] },
    ],
    [{ only: null, zdr: null, max_price: null, sort: null, require_parameters: null }, {}],
    [{ max_price: {} }, {}],
    [{ max_price: { prompt: null } }, {}],
    [{ max_price: { prompt: 0 } }, { maxPrice: { prompt: 0 } }],
    [{ data_collection: 'allow' }, { dataCollection: 'allow' }],
    [{ require_parameters: false, enforce_distillable_text: false }, {}],
    [{ sort: 'throughput' }, {}],
    [{ sort: { by: 'latency', partition: 'none' } }, {}],
    [{ sort: { by: null, partition: 'model' } }, {}],
    [{ preferred_min_throughput: 50, preferred_max_latency: { p90: 2, p50: null } }, {}],
  ])('%j asks for %j', (options, preferences) => {
    expect(read(provider(options))).toEqual({ preferences, models: [], asksMore: false });
  });

  test.each<[unknown, string]>([
    ['azure', '`provider` must be an object'],
    [{ only: 'azure' }, '`provider.only` must be a list of names'],
    [{ allow_fallbacks: 0 }, '`provider.allow_fallbacks` must be true or false'],
    [{ zdr: 'yes' }, '`provider.zdr` must be true or false'],
    [{ data_collection: 'Deny' }, '`provider.data_collection` must be one of allow, deny'],
    [
      { quantizations: ['fp8', 'q4'] },
      '`provider.quantizations` holds a word that is not known; known are int4, int8, fp4, fp6, fp8, fp16, bf16, fp32, unknown',
    ],
    [{ max_price: 1 }, '`provider.max_price` must be an object'],
    [
      { max_price: { prompt: -1 } },
      '`provider.max_price.prompt` must be a number that is not negative',
    ],
    [
      { max_price: { prompt: '1e3' } },
      '`provider.max_price.prompt` must be a number that is not negative',
    ],
    [
      { max_price: { prompt: Infinity } },
      '`provider.max_price.prompt` must be a number that is not negative',
    ],
    [
      { max_price: { prompts: 1 } },
      '`provider.max_price` has a key that is not known; `prompt` may be meant',
    ],
    [
      { max_price: { request: 1 } },
      '`provider.max_price.request` bounds a price that no claim tells; leave it out',
    ],
    [
      { max_price: { image: 1 } },
      '`provider.max_price.image` bounds a price that no claim tells; leave it out',
    ],
    [
      { max_price: { audio: 1 } },
      '`provider.max_price.audio` bounds a price that no claim tells; leave it out',
    ],
    [
      { require_parameters: true },
      '`provider.require_parameters` asks what each target supports, of which no claim tells; leave it out',
    ],
    [{ require_parameters: 1 }, '`provider.require_parameters` must be true or false'],
    [
      { enforce_distillable_text: true },
      '`provider.enforce_distillable_text` asks for a licence, of which no claim tells; leave it out',
    ],
    [
      { allowFallbacks: false },
      '`provider` has a key that is not known; `allow_fallbacks` may be meant',
    ],
    [{ sort: 'cheapest' }, '`provider.sort` must be one of price, throughput, latency, exacto'],
    [
      { sort: { by: 'price', then: 'latency' } },
      '`provider.sort` must name a metric in `by`, and `model` or `none` in `partition`',
    ],
    [
      { preferred_max_latency: '1' },
      '`provider.preferred_max_latency` must be a number that is not negative',
    ],
    [
      { preferred_max_latency: { p51: 1 } },
      '`provider.preferred_max_latency` must give numbers under p50, p75, p90, p99',
    ],
  ])('%j is refused', (options, problem) => {
    expect(problemOf(provider(options))).toBe(problem);
  });

  test('a key that could be anything is not repeated', () => {
    const problem = problemOf(provider({ 'a prompt': 1 }));
    expect(problem).toContain('`provider` has a key that is not known; known are only, ignore');
    expect(problem).not.toContain('a prompt');
  });
});

describe('the other fields of OpenRouter', () => {
  test('models are further names, in their order', () => {
    expect(read({ body: { models: ['b', 'a', 'b'] } }).models).toEqual(['b', 'a']);
    expect(read({ body: { models: null } }).models).toEqual([]);
    expect(problemOf({ body: { models: 'a' } })).toBe('`models` must be a list of names');
    expect(problemOf({ body: { models: ['x'.repeat(513)] } })).toBe(
      '`models` holds a name of more than 512 bytes',
    );
  });

  test.each([
    [{ route: 'fallback', transforms: ['middle-out'], plugins: [] }, false],
    [{ route: null, transforms: [], plugins: null }, false],
    [{ plugins: [{ id: 'web' }] }, true],
  ])('%j is understood; plugins could use any feature', (body, asksMore) => {
    expect(read({ body })).toEqual({ preferences: {}, models: [], asksMore });
  });

  test.each([
    [{ route: 'sort' }, '`route` must be one of fallback'],
    [
      { transforms: ['other'] },
      '`transforms` holds a word that is not known; known are middle-out',
    ],
    [{ plugins: {} }, '`plugins` must be a list'],
  ])('%j is refused', (body, problem) => {
    expect(problemOf({ body })).toBe(problem);
  });

  test.each(['provider', 'models', 'route', 'transforms', 'plugins'])(
    '`%s` is refused where it is not read, whatever it holds',
    (field) => {
      const problem = problemOf({ body: { [field]: null } }, { headers: [], formats: ['vercel'] });
      expect(problem).toBe(`the field \`${field}\` could choose another target; leave it out`);
    },
  );
});
