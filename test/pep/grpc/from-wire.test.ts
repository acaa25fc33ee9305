import { MaxPrice, Preferences, RequestContext } from '../../../src/gen/ambit/v1/context';
import { ListEligibleRequest } from '../../../src/gen/ambit/v1/decision_service';
import type { Ask } from '../../../src/ports/answer';
import { readWhole } from '../../../src/pep/grpc/decode-request';
import { listRequestFromWire } from '../../../src/pep/grpc/from-wire';
import {
  MAX_CANDIDATES,
  MAX_ENDPOINT_BYTES,
  MAX_ID_BYTES,
  MAX_KEY_BYTES,
  MAX_LIST_ELEMENTS,
  MAX_MAP_ENTRIES,
  MAX_MODEL_BYTES,
  MAX_PAGE_TOKEN_BYTES,
  MAX_VALUE_BYTES,
} from '../../../src/pep/limits';
import { encodeRequest } from './support/encode-request';

type Part = Readonly<Record<string, unknown>>;

const inContext = (part: Part): Part => ({ context: { ...RequestContext.create(), ...part } });
const inPreferences = (part: Part): Part =>
  inContext({ preferences: { ...Preferences.create(), ...part } });
const inCandidate = (part: Part): Part => ({ candidates: [{ target: 't', claims: [], ...part }] });

function askOf(request: Part): Ask {
  const read = readWhole(encodeRequest(request));
  if ('violations' in read) throw new Error(JSON.stringify(read.violations));
  return read.ask;
}

/** The paths of what is wrong; those of the end client come with the block that they make. */
function wrongIn(request: Part): readonly string[] {
  const read = readWhole(encodeRequest(request));
  return 'violations' in read
    ? read.violations.map(({ path }) => path)
    : read.ask.request.problems.map((problem) => `invalid_request: ${problem}`);
}

/** A text of just so many bytes, of letters that have two. */
const text = (bytes: number): string => 'ü'.repeat(Math.floor(bytes / 2)) + 'x'.repeat(bytes % 2);
const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const names = (count: number): readonly string[] => times(count, (index) => `n${String(index)}`);
const entries = (count: number): ReadonlyMap<string, string> =>
  new Map(names(count).map((name) => [name, 'v']));

type Limit = readonly [what: string, limit: number, request: (size: number) => Part, wrong: string];

/** Everything that is bounded: what is over the limit, and whose mistake that is. */
const LIMITS: readonly Limit[] = [
  ['request_id', MAX_ID_BYTES, (size) => ({ requestId: text(size) }), 'request_id'],
  ['tenant', MAX_ID_BYTES, (size) => inContext({ tenant: text(size) }), 'context.tenant'],
  [
    'entries of scope',
    MAX_MAP_ENTRIES,
    (size) => inContext({ scope: entries(size) }),
    'context.scope',
  ],
  [
    'key of scope',
    MAX_KEY_BYTES,
    (size) => inContext({ scope: new Map([[text(size), 'v']]) }),
    'context.scope',
  ],
  [
    'value of scope',
    MAX_VALUE_BYTES,
    (size) => inContext({ scope: new Map([['k', text(size)]]) }),
    'context.scope["k"]',
  ],
  [
    'entries of attributes',
    MAX_MAP_ENTRIES,
    (size) => inContext({ attributes: entries(size) }),
    'context.attributes',
  ],
  [
    'value of attributes',
    MAX_VALUE_BYTES,
    (size) => inContext({ attributes: new Map([['k', text(size)]]) }),
    'context.attributes["k"]',
  ],
  ['ref', MAX_ID_BYTES, (size) => inCandidate({ ref: text(size) }), 'candidates[0].ref'],
  ['target', MAX_ID_BYTES, (size) => inCandidate({ target: text(size) }), 'candidates[0].target'],
  [
    'provider',
    MAX_ID_BYTES,
    (size) => inCandidate({ provider: text(size) }),
    'candidates[0].provider',
  ],
  ['model', MAX_MODEL_BYTES, (size) => inCandidate({ model: text(size) }), 'candidates[0].model'],
  ['region', MAX_ID_BYTES, (size) => inCandidate({ region: text(size) }), 'candidates[0].region'],
  [
    'endpoint',
    MAX_ENDPOINT_BYTES,
    (size) => inCandidate({ endpoint: text(size) }),
    'candidates[0].endpoint',
  ],
  [
    'credential',
    MAX_ID_BYTES,
    (size) => inCandidate({ credential: text(size) }),
    'candidates[0].credential',
  ],
  [
    'candidates',
    MAX_CANDIDATES,
    (size) => ({ candidates: names(size).map((target) => ({ target, claims: [] })) }),
    'candidates',
  ],
  [
    'model of the context',
    MAX_MODEL_BYTES,
    (size) => inContext({ model: text(size) }),
    `invalid_request: context.model has more than ${String(MAX_MODEL_BYTES)} bytes`,
  ],
  [
    'one of models',
    MAX_MODEL_BYTES,
    (size) => inContext({ models: ['m', text(size)] }),
    `invalid_request: context.models[1] has more than ${String(MAX_MODEL_BYTES)} bytes`,
  ],
  [
    'models',
    MAX_LIST_ELEMENTS,
    (size) => inContext({ models: names(size) }),
    `invalid_request: context.models has more than ${String(MAX_LIST_ELEMENTS)} elements`,
  ],
  [
    'features',
    MAX_LIST_ELEMENTS,
    (size) => inContext({ features: times(size, () => 'batch') }),
    `invalid_request: context.features has more than ${String(MAX_LIST_ELEMENTS)} elements`,
  ],
  ...['only', 'ignore', 'order', 'processingRegions', 'quantizations'].flatMap(
    (name): readonly Limit[] => {
      const path = `context.preferences.${name.replace('R', '_r')}`;
      return [
        [
          `elements of ${name}`,
          MAX_LIST_ELEMENTS,
          (size) => inPreferences({ [name]: { values: names(size) } }),
          `invalid_request: ${path} has more than ${String(MAX_LIST_ELEMENTS)} elements`,
        ],
        [
          `a name of ${name}`,
          MAX_VALUE_BYTES,
          (size) => inPreferences({ [name]: { values: [text(size)] } }),
          `invalid_request: ${path} holds a name of more than ${String(MAX_VALUE_BYTES)} bytes`,
        ],
      ];
    },
  ),
];

describe('a limit', () => {
  it.each(LIMITS)('holds exactly: %s', (_, limit, request, wrong) => {
    expect(wrongIn(request(limit))).toEqual([]);
    expect(wrongIn(request(limit + 1))).toEqual([wrong]);
  });
});

describe('what an enforcement point gets wrong', () => {
  it.each<[string, Part, readonly string[]]>([
    ['a candidate without a name', { candidates: [{ provider: 'p' }] }, ['candidates[0].ref']],
    ['an empty ref', inCandidate({ ref: '' }), ['candidates[0].ref']],
    [
      'a ref that is the target of another',
      {
        candidates: [{ target: 'x' }, { ref: 'x', target: 'y' }, { ref: 'x', target: 'z' }],
      },
      ['candidates[1].ref', 'candidates[2].ref'],
    ],
    ['an empty key', inContext({ scope: new Map([['', 'v']]) }), ['context.scope']],
    ['a demand of nothing', { minBundle: {} }, ['min_bundle']],
    [
      'several things',
      { ...inContext({ tenant: text(300) }), candidates: [{}, { ref: '' }] },
      ['context.tenant', 'candidates[0].ref', 'candidates[1].ref'],
    ],
  ])('is refused, all of it, with its paths: %s', (_, request, paths) => {
    const whole = { ...request };
    if (Array.isArray(whole['candidates'])) {
      whole['candidates'] = whole['candidates'].map((each: Part) => ({ claims: [], ...each }));
    }
    expect(wrongIn(whole)).toEqual(paths);
  });
});

describe('what an end client gets wrong', () => {
  it.each<[string, Part]>([
    ['context.model is empty', inContext({ model: '' })],
    ['context.models[1] is empty', inContext({ models: ['m', ''] })],
    ['context.model_id_style is not understood', inContext({ modelIdStyle: 3 })],
    ['context.api is not understood', inContext({ api: 999 })],
    ['context.api is not understood', inContext({ api: -1 })],
    ['context.features names something that is no feature', inContext({ features: ['Store'] })],
    [
      'context.features has both `store` and `no_store`',
      inContext({ features: ['no_store', 'store'] }),
    ],
    ['context.preferences.data_collection is not understood', inPreferences({ dataCollection: 7 })],
    [
      'context.preferences.max_retention_days is no number of days',
      inPreferences({ maxRetentionDays: -1 }),
    ],
    ['context.preferences.only holds an empty name', inPreferences({ only: { values: [''] } })],
    ...[-1, NaN, Infinity].map((prompt): [string, Part] => [
      'context.preferences.max_price.prompt is no price',
      inPreferences({ maxPrice: { ...MaxPrice.create(), prompt } }),
    ]),
    ['detail is not understood', { detail: 9 }],
  ])('is a part of the ask, and no violation: %s', (problem, request) => {
    expect(wrongIn(request)).toEqual([`invalid_request: ${problem}`]);
  });
});

describe('absent, zero and empty', () => {
  it('differ in preferences', () => {
    const preferencesOf = (part: Part): unknown =>
      askOf(inPreferences(part)).request.context.preferences;
    expect(preferencesOf({})).toEqual({});
    const none = { values: [] };
    const zero = {
      only: none,
      ignore: none,
      order: none,
      allowFallbacks: false,
      zeroDataRetention: false,
      noTraining: false,
      maxRetentionDays: 0,
      processingRegions: none,
      quantizations: none,
      maxPrice: { prompt: 0, completion: 0 },
    };
    expect(preferencesOf(zero)).toEqual({
      ...zero,
      only: [],
      ignore: [],
      order: [],
      processingRegions: [],
      quantizations: [],
    });
    expect(preferencesOf({ maxPrice: {} })).toEqual({});
  });

  it('differ in contexts and candidates', () => {
    const { context } = askOf(inContext({})).request;
    expect(context).not.toHaveProperty('tenant');
    expect(context).not.toHaveProperty('model');
    expect(context).not.toHaveProperty('api');
    expect(askOf(inContext({ tenant: '' })).request.context.tenant).toBe('');
    const [bare] = askOf(inCandidate({})).request.candidates ?? [];
    expect(bare).toEqual({ ref: 't', target: 't', claims: [] });
    const empty = { provider: '', model: '', region: '', endpoint: '', credential: '' };
    const [full] = askOf(inCandidate(empty)).request.candidates ?? [];
    expect(full).toEqual({ ref: 't', target: 't', ...empty, claims: [] });
  });

  it('no candidates are none, and never those of the catalog', () => {
    expect(askOf({}).request.candidates).toEqual([]);
    const list = listRequestFromWire(ListEligibleRequest.create());
    if (!('ask' in list)) throw new Error('refused');
    expect(list.ask.request).not.toHaveProperty('candidates');
  });
});

describe('names given twice count once, in their first place', () => {
  it('in models, features and preferences', () => {
    const { context } = askOf(
      inContext({
        models: ['b', 'a', 'b'],
        features: ['batch', 'store', 'batch'],
        preferences: {
          ...Preferences.create(),
          order: { values: ['y', 'x', 'y'] },
          processingRegions: { values: ['de', 'DE'] },
        },
      }),
    ).request;
    expect(context).toMatchObject({
      models: ['b', 'a'],
      features: ['batch', 'store'],
      preferences: { order: ['y', 'x'] },
    });
  });
});

describe('the page of a listing', () => {
  it.each([
    ['page_size', { pageSize: -1 }],
    ['page_size', { pageSize: -(2 ** 31) }],
    ['page_token', { pageToken: 'x'.repeat(MAX_PAGE_TOKEN_BYTES + 1) }],
  ])('is refused at `%s`', (path, page) => {
    const read = listRequestFromWire({ ...ListEligibleRequest.create(), ...page });
    expect(read).toMatchObject({ violations: [{ path }] });
  });
});
