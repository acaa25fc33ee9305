import { codesOf, documentOf, modelsDev, readText, readValue, targetsOf } from './support';

/** A model as the list has it, with everything that a list of ours has no claim for. */
const FULL_MODEL = {
  family: 'acme',
  attachment: true,
  reasoning: true,
  tool_call: true,
  structured_output: true,
  temperature: false,
  knowledge: '2026-01',
  release_date: '2026-03-05',
  last_updated: '2026-03-05',
  modalities: { input: ['text', 'image'], output: ['text'] },
  open_weights: true,
  limit: { context: 400000, output: 128000 },
  status: 'beta',
  provider: { npm: '@ai-sdk/openai', api: 'https://other.acme.example/v1' },
};

describe('reading api.json of models.dev', () => {
  it('takes ids and prices, each at its place, and nothing else', () => {
    const text = [
      '{"acme": {"id": "acme", "name": "Acme", "env": ["K"], "npm": "n", "doc": "https://acme.example/docs",',
      '  "models": {',
      '    "one": {"id": "one", "open_weights": true, "last_updated": "2026-03-05",',
      '      "cost": {"input": 1.25, "output": 10, "cache_read": 0.125}}}}}',
    ].join('\n');
    const at = (line: number, column: number, endColumn: number): object => ({
      file: 'list.json',
      line,
      column,
      endColumn,
    });
    const { document, findings } = readText(text);
    expect(findings).toEqual([]);
    expect(document).toEqual({
      file: 'list.json',
      dialect: 'models.dev',
      providers: [
        {
          id: 'acme',
          aliases: [],
          models: 'listed',
          claims: [],
          position: at(1, 2, 8),
          places: { id: at(1, 2, 8) },
        },
      ],
      endpoints: [],
      credentials: [],
      targets: [
        {
          id: 'acme/one',
          provider: 'acme',
          model: 'one',
          claims: [
            { name: 'price_prompt', value: 1.25, assurance: 'declared', position: at(4, 16, 23) },
            { name: 'price_completion', value: 10, assurance: 'declared', position: at(4, 31, 39) },
          ],
          claimsStatedOn: 'target',
          position: at(3, 5, 10),
          places: { id: at(3, 5, 10) },
        },
      ],
      policies: [],
    });
  });

  it('makes no claim of what a model is, can do or when it was updated', () => {
    expect(targetsOf(modelsDev({ one: FULL_MODEL }))).toEqual(['acme/one']);
    const [target] = documentOf(
      modelsDev({ one: { ...FULL_MODEL, cost: { input: 1, output: 2 } } }),
    ).targets;
    expect(
      target?.claims.map(({ checkedAtMs, expiresAtMs, evidence, apis }) => ({
        checkedAtMs,
        expiresAtMs,
        evidence,
        apis,
      })),
    ).toEqual([{}, {}]);
    expect(target).not.toHaveProperty('apis');
    expect(target).not.toHaveProperty('address');
    expect(target).not.toHaveProperty('reaches');
  });

  it('makes no claim of words that somebody adds', () => {
    const words = {
      zdr: true,
      zero_data_retention: true,
      training_opt_out: true,
      data_policy: { retention_days: 0 },
      soc2: 'type2',
      gdpr: true,
      headquarters: 'DE',
      regions: ['DE'],
      free: true,
    };
    const list = modelsDev({ one: words });
    const marketed = { acme: { ...(list as { acme: object }).acme, ...words } };
    expect(documentOf(marketed).providers.flatMap(({ claims }) => claims)).toEqual([]);
    expect(targetsOf(marketed)).toEqual(['acme/one']);
  });

  it('takes the highest price, whatever the length of the context and the kind of token', () => {
    const cost = {
      input: 2,
      output: 10,
      reasoning: 12,
      cache_write: 100,
      input_audio: 200,
      output_audio: 300,
      context_over_200k: { input: 4, output: 11, cache_read: 50 },
      tiers: [{ input: 3, output: 15, tier: { type: 'context', size: 272000 } }],
    };
    expect(targetsOf(modelsDev({ one: { cost } }))).toEqual([
      'acme/one price_prompt=4 price_completion=15',
    ]);
    expect(targetsOf(modelsDev({ one: { cost: { ...cost, tiers: [], reasoning: 16 } } }))).toEqual([
      'acme/one price_prompt=4 price_completion=16',
    ]);
  });

  it.each([
    ['nothing', {}, [], []],
    ['null', { cost: null }, [], []],
    ['null prices', { cost: { input: null, output: null } }, [], []],
    ['zeros', { cost: { input: 0, output: 0 } }, [], ['warning unclear_claim']],
    ['zeros of plans', { cost: { input: 0.0, output: 0e3 } }, [], ['warning unclear_claim']],
    ['less than 0', { cost: { input: -1, output: -1 } }, [], ['warning unclear_claim']],
    [
      'a price of one side',
      { cost: { input: 0.5, output: 0 } },
      ['price_prompt=0.5'],
      ['warning unclear_claim'],
    ],
    [
      'a zero with a price beyond it',
      { cost: { input: 0, output: 1, context_over_200k: { input: 9, output: 1 } } },
      ['price_completion=1'],
      ['warning unclear_claim'],
    ],
  ])('takes no price from %s', (_, model, claims, codes) => {
    const list = modelsDev({ one: model });
    expect(targetsOf(list)).toEqual([['acme/one', ...claims].join(' ')]);
    expect(codesOf(readValue(list))).toEqual(codes);
  });

  it('takes models that choose further upstream without what they reach, and says so once', () => {
    const list = modelsDev({ auto: {}, 'chat-latest': {}, 'vendor/auto': {}, 'model-1': {} });
    const { document, findings } = readValue(list);
    expect(document?.targets.map(({ id, reaches }) => [id, reaches])).toEqual([
      ['acme/auto', undefined],
      ['acme/chat-latest', undefined],
      ['acme/vendor/auto', undefined],
      ['acme/model-1', undefined],
    ]);
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      [
        'router_in_list',
        '`auto`, `chat-latest`, `vendor/auto`: a model that chooses further upstream, and never eligible: the list says not what it reaches',
      ],
    ]);
  });

  it('says of gateways that the list does not say what they do', () => {
    const { document, findings } = readValue(modelsDev({ 'x/one': {} }, 'openrouter'));
    expect(document?.providers.map(({ claims }) => claims)).toEqual([[]]);
    expect(findings.map(({ code, message }) => [code, message.slice(0, 12)])).toEqual([
      ['gateway_in_list', '`openrouter`'],
    ]);
  });

  it('leaves out what no id can be, and counts what it does not name', () => {
    const names = Array.from({ length: 7 }, (_, index) => `bad name ${String(index)}`);
    const models = Object.fromEntries(
      [...names, 'a*b', 'gpt-\u0430', 'good'].map((id) => [id, {}]),
    );
    const { document, findings } = readValue(modelsDev(models));
    expect(document?.targets.map(({ id }) => id)).toEqual(['acme/good']);
    expect(findings.map(({ code }) => code)).toEqual(['entry_not_taken']);
    expect(findings[0]?.message).toMatch(/`bad name 4` and 4 more: /u);
    expect(readValue(modelsDev({ one: {} }, 'bad provider')).document?.providers).toEqual([]);
  });

  it.each<readonly [string, object, string]>([
    ['a price in words', modelsDev({ one: { cost: { input: 'free' } } }), 'wrong_type'],
    ['a price in a list', modelsDev({ one: { cost: { output: [1] } } }), 'wrong_type'],
    ['a price that is true', modelsDev({ one: { cost: { output: true } } }), 'wrong_type'],
    ['a tier in words', modelsDev({ one: { cost: { tiers: ['x'] } } }), 'wrong_type'],
    ['costs that are a number', modelsDev({ one: { cost: 3 } }), 'wrong_type'],
    ['a model in words', { acme: { id: 'acme', models: { one: 'two' } } }, 'wrong_type'],
    ['a model that is nothing', { acme: { id: 'acme', models: { one: null } } }, 'null_value'],
    ['models in a list', { acme: { id: 'acme', models: [{ id: 'one' }] } }, 'wrong_type'],
    ['a provider without models', { ...modelsDev({}), other: { id: 'other' } }, 'missing_key'],
    ['a provider without an id', { acme: { models: {} } }, 'missing_key'],
    ['another id of a provider', { acme: { id: 'acne', models: {} } }, 'contradiction'],
    ['another id of a model', modelsDev({ one: { id: 'two' } }), 'contradiction'],
  ])('refuses %s', (_, list, code) => {
    const result = readValue(list);
    expect(result.document).toBeUndefined();
    expect(codesOf(result)).toEqual([`error ${code}`]);
  });
});
