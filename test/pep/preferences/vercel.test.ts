import { ask, problemOf, read } from './support/asking';

const gateway = (options: unknown) => ({
  body: { model: 'm', providerOptions: { gateway: options } },
});

describe('providerOptions.gateway', () => {
  test('is read whole', () => {
    const options = {
      only: ['openai', 'azure', 'openai'],
      order: ['azure'],
      models: ['anthropic/claude-sonnet-4.5'],
      zeroDataRetention: true,
      disallowPromptTraining: false,
      has: ['quantization:FP8'],
    };
    expect(read(gateway(options))).toEqual({
      preferences: {
        only: ['openai', 'azure'],
        order: ['azure'],
        zeroDataRetention: true,
        noTraining: false,
        quantizations: ['fp8'],
      },
      models: ['anthropic/claude-sonnet-4.5'],
      asksMore: false,
    });
  });

  test.each([
    [{}, {}],
    [{ only: [] }, { only: [] }],
    [{ order: [], models: [], has: [] }, { order: [] }],
    [{ has: ['quantization:fp8', 'quantization:FP8'] }, { quantizations: ['fp8'] }],
    [{ has: ['quantization:fp8', 'quantization:fp4'] }, { quantizations: [] }],
    [{ byok: {} }, {}],
  ])('%j asks for %j: what is empty is not absent', (options, preferences) => {
    expect(read(gateway(options)).preferences).toEqual(preferences);
  });

  test('advice and names for reports ask for nothing', () => {
    const options = {
      sort: 'cost',
      serviceTier: 'flex',
      user: 'u',
      tags: ['a'],
      quotaEntityId: 'q',
      idempotencyKey: 'k',
      providerTimeouts: { byok: { openai: 1000 }, system: {} },
    };
    expect(read(gateway(options))).toEqual({ preferences: {}, models: [], asksMore: false });
  });

  test('the namespace of a provider asks for its own features', () => {
    expect(read({ body: { providerOptions: { openai: { store: true } } } }).asksMore).toBe(true);
    expect(read({ body: { providerOptions: {} } }).asksMore).toBe(false);
  });

  test.each<[unknown, string]>([
    [null, '`providerOptions.gateway` must be an object'],
    [[], '`providerOptions.gateway` must be an object'],
    [{ only: 'openai' }, '`providerOptions.gateway.only` must be a list of names'],
    [{ only: null }, '`providerOptions.gateway.only` must be a list of names'],
    [{ only: [1] }, '`providerOptions.gateway.only` must be a list of names'],
    [{ only: [''] }, '`providerOptions.gateway.only` holds an empty name'],
    [
      { only: ['x'.repeat(257)] },
      '`providerOptions.gateway.only` holds a name of more than 256 bytes',
    ],
    [
      { only: Array.from({ length: 257 }, (_, at) => String(at)) },
      '`providerOptions.gateway.only` has more than 256 elements',
    ],
    [
      { zeroDataRetention: 'true' },
      '`providerOptions.gateway.zeroDataRetention` must be true or false',
    ],
    [
      { zeroDataRetention: null },
      '`providerOptions.gateway.zeroDataRetention` must be true or false',
    ],
    [
      { models: [{ model: 'm', when: { confidenceBelow: 1 } }] },
      '`providerOptions.gateway.models` must be a list of names',
    ],
    [{ sort: 'price' }, '`providerOptions.gateway.sort` must be one of cost, tps, ttft'],
    [{ tags: 'a' }, '`providerOptions.gateway.tags` must be a list of names'],
    [{ user: 1 }, '`providerOptions.gateway.user` must be a text'],
    [
      { Only: ['openai'] },
      '`providerOptions.gateway` has a key that is not known; `only` may be meant',
    ],
    [
      { zdr: true, fallback: true },
      expect.stringContaining('has a key that is not known; known are only, order') as string,
    ],
  ])('%j is refused', (options, problem) => {
    expect(problemOf(gateway(options))).toEqual(problem);
  });

  test.each([
    ['headquarters', { allow: ['US'] }],
    ['inferenceRegion', 'eu'],
    ['caching', 'auto'],
    ['byok', { openai: [{ apiKey: 'secret' }] }],
    ['byok', 'secret'],
    ['has', ['tool-use']],
    ['has', ['telepathy']],
    ['has', ['!quantization:fp8']],
    ['has', ['quantization:']],
    ['has', [`quantization:${'x'.repeat(33)}`]],
    ['has', ['quantization:fp8', 'vision']],
    ['providerTimeouts', { byok: { openai: -1 } }],
    ['providerTimeouts', { other: {} }],
    ['providerTimeouts', { system: 5 }],
  ])('%s that no claim tells, or nobody understands, is refused: %j', (key, value) => {
    const problem = problemOf(gateway({ [key]: value }));
    expect(problem).toContain(`\`providerOptions.gateway.${key}\``);
    expect(problem).not.toContain('secret');
  });

  test.each([[null], [[]], ['x']])('providerOptions of %j are refused', (providerOptions) => {
    expect(problemOf({ body: { providerOptions } })).toBe('`providerOptions` must be an object');
  });

  test('another spelling of the namespace is refused', () => {
    const body = { providerOptions: { Gateway: { only: ['openai'] } } };
    expect(problemOf({ body })).toBe('`providerOptions` spells `gateway` in an unusual way');
  });

  test('is refused where it is not read', () => {
    const problem = problemOf(gateway({ only: ['openai'] }), {
      headers: [],
      formats: ['openrouter'],
    });
    expect(problem).toBe('the field `providerOptions` could choose another target; leave it out');
  });

  test('every mistake is told, each once', () => {
    const { problems } = ask(gateway({ only: 1, order: 2, Onli: 3, ONLY: 4 }));
    expect(problems).toHaveLength(3);
  });
});
