import { honest, IN_FILE, IN_REQUEST, nothing, refused, SENT } from '../support/shapes';
import type { Json, Trick, World } from '../support/trick';

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: claims }
spec:
  providers:
    - id: full
      claims:
        zero_data_retention: { value: true, features: [store, background, batch, files, server_tools, no_store, tools, streaming, structured_output, vision, audio, reasoning, web_search, code_execution] }
        retention_days: { value: 0, features: [store, background, batch, files, server_tools, no_store, tools, streaming, structured_output, vision, audio, reasoning, web_search, code_execution] }
        training_opt_out: true
      targets: [{ model: full, serves: [full] }]
    - id: plain
      claims: { zero_data_retention: true, retention_days: 0, training_opt_out: true }
      targets: [{ model: plain, serves: [plain] }]
    - id: chat-only
      claims:
        zero_data_retention: { value: true, apis: [chat_completions] }
        retention_days: { value: 0, apis: [chat_completions] }
      targets: [{ model: chat-only, serves: [chat-only] }]
    - id: expired
      claims:
        zero_data_retention: { value: true, expires_at: 2020-01-01 }
        retention_days: 0
      targets: [{ model: expired, serves: [expired] }]
    - id: loose
      claims: { zero_data_retention: true, retention_days: 0 }
      targets:
        - { id: loose/kept, model: kept, serves: [kept], claims: { retention_days: 30 } }
        - { id: loose/lapsed, model: lapsed, serves: [lapsed], claims: { zero_data_retention: { value: true, expires_at: 2020-01-01 } } }
    - id: other
      claims: { training_opt_out: true, gdpr: true, soc2: type2 }
      targets: [{ model: other, serves: [other] }]
    - id: audited
      claims: { zero_data_retention: true, retention_days: 0, soc2: type2 }
      targets: [{ model: audited, serves: [audited] }]
    - id: promise
      claims: { zero_data_retention: true }
      targets: [{ model: promise, serves: [promise] }]
    - id: fraction
      claims: { zero_data_retention: true, retention_days: 0.01 }
      targets: [{ model: fraction, serves: [fraction] }]
`;

const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: guard }
spec:
  requirements: { require_zero_data_retention: true, max_retention_days: 0 }
`;

const expression = (text: string): string => `apiVersion: ambit/v1
kind: Policy
metadata: { name: more }
spec: { requirements: { expression: '${text}' } }
`;

const CHAT = 'API_CHAT_COMPLETIONS';
const LACKS = nothing('claim_unknown', 'no_compliant_provider');

type WeakRow = readonly [
  id: string,
  target: string,
  trick: string,
  rule: string,
  code: string,
  laws: readonly string[],
];

/** A target of the catalog whose claims look good enough. */
const weak = ([id, target, trick, rule, code, laws]: WeakRow): Trick => ({
  id,
  trick,
  rule,
  laws,
  context: { model: id, api: CHAT },
  candidates: [target],
  closed: [...nothing(code, 'no_compliant_provider'), { on: ['file'], eligible: [], code }],
  cannot: {},
});

/** A request that has something kept, at a target that claims to keep nothing and names no feature. */
const keeping = (id: string, context: Json, body: object, trick: string): Trick => ({
  id,
  trick,
  rule: 'Claims on training, logging and retention cover what has something kept only where they name it.',
  laws: ['L1'],
  context: { model: 'plain', api: CHAT, ...context },
  candidates: ['plain/plain'],
  closed: [
    { on: [...SENT, 'list'], eligible: [], code: 'claim_unknown' },
    {
      on: ['check'],
      check: { body: { model: 'plain', ...body } },
      eligible: [],
      code: 'no_compliant_provider',
    },
  ],
  cannot: { ...IN_REQUEST, models: 'no features' },
});

const RESPONSES = { model: 'plain', api: 'API_RESPONSES' };

export const CLAIMS: World = {
  name: 'claims',
  title: 'What claims cover, and for how long',
  about: 'Nothing may be kept: zero retention and zero days are both required.',
  files: { 'catalog.yaml': CATALOG, 'policy.yaml': POLICY },
  controls: {
    plain: honest({ model: 'plain', api: CHAT }, ['plain/plain'], ['plain/plain']),
    attribute: [
      {
        on: ['file', ...SENT, 'list'],
        context: { model: 'plain', api: CHAT, attributes: { level: 'open' } },
        candidates: ['plain/plain'],
        eligible: ['plain/plain'],
      },
    ],
    audited: [
      {
        on: ['file', ...SENT, 'list'],
        context: { model: 'audited', api: CHAT, attributes: { level: 'open' } },
        candidates: ['audited/audited'],
        eligible: ['audited/audited'],
      },
    ],
    responses: [
      {
        on: SENT,
        context: { ...RESPONSES, features: ['no_store'] },
        candidates: ['plain/plain'],
        eligible: ['plain/plain'],
      },
      {
        on: ['list'],
        context: { ...RESPONSES, features: ['no_store'] },
        eligible: ['plain/plain'],
      },
      {
        on: ['check'],
        context: RESPONSES,
        check: { body: { model: 'plain', store: false } },
        eligible: ['plain/plain'],
      },
      { on: ['models'], context: { model: 'full', api: 'API_RESPONSES' }, eligible: ['full'] },
    ],
  },
  tricks: [
    weak([
      'expired',
      'expired/expired',
      'The claim ended years ago, and still stands in the catalog.',
      '`expires_at` is when a claim ends; an ended claim blocks.',
      'claim_expired',
      ['L1', 'L11'],
    ]),
    weak([
      'lapsed',
      'loose/lapsed',
      'The target’s own claim has ended, and the provider’s wider one has not.',
      'A specific statement that has ended does not fall back to a wider one.',
      'claim_expired',
      ['L13'],
    ]),
    weak([
      'kept',
      'loose/kept',
      'The provider claims to keep nothing, and one of its targets keeps for 30 days.',
      'The most specific statement wins.',
      'claim_contrary',
      ['L13'],
    ]),
    weak([
      'other',
      'other/other',
      'The provider claims everything else: no training, GDPR, SOC 2 Type 2.',
      'No claim stands in for another.',
      'claim_unknown',
      ['L2'],
    ]),
    weak([
      'promise',
      'promise/promise',
      'The provider claims zero retention and names no days.',
      'Zero retention says nothing of days.',
      'claim_unknown',
      ['L2'],
    ]),
    weak([
      'fraction',
      'fraction/fraction',
      'The provider keeps for a quarter of an hour, 0.01 days, which could be rounded to none.',
      'A day that has begun counts whole.',
      'claim_contrary',
      ['L4'],
    ]),
    {
      id: 'claim-of-another-api',
      trick: 'The claim is for Chat Completions, and the request comes by another api.',
      rule: 'What a claim does not cover is unknown there.',
      laws: ['L1'],
      context: { model: 'chat-only', api: 'API_MESSAGES' },
      candidates: ['chat-only/chat-only'],
      closed: LACKS,
      cannot: IN_REQUEST,
    },
    {
      id: 'no-api',
      trick: 'The request does not say by which api it comes.',
      rule: 'Without an api, claims that are limited to some are unknown.',
      laws: ['L1'],
      context: { model: 'chat-only' },
      candidates: ['chat-only/chat-only'],
      closed: [
        { on: [...SENT, 'list'], eligible: [], code: 'claim_unknown' },
        { on: ['check'], check: { path: '/v1/unknown' }, eligible: [], code: 'invalid_request' },
        { on: ['models'], eligible: [], code: 'no_compliant_provider' },
      ],
      cannot: IN_REQUEST,
    },
    {
      id: 'api-that-stores',
      trick: 'The Responses API stores by default, and the request does not say so.',
      rule: 'An api’s default counts as sent.',
      laws: ['L1'],
      context: RESPONSES,
      candidates: ['plain/plain'],
      closed: LACKS,
      cannot: IN_REQUEST,
      control: 'responses',
    },
    {
      id: 'store-and-not',
      trick: 'The request says at once that it stores and that it does not.',
      rule: 'Two statements against each other are not understood, so they block.',
      laws: ['L1'],
      context: { ...RESPONSES, features: ['no_store', 'store'] },
      candidates: ['plain/plain'],
      closed: [
        { on: [...SENT, 'list'], eligible: [], code: 'invalid_request' },
        {
          on: ['check'],
          context: RESPONSES,
          check: { body: '{"model":"plain","store":false,"store":true}' },
          eligible: [],
          code: 'invalid_request',
        },
      ],
      cannot: { ...IN_REQUEST, models: 'no features' },
      control: 'responses',
    },
    keeping(
      'store',
      { features: ['store'] },
      { store: true },
      'The answer is to be stored (`store: true`).',
    ),
    keeping(
      'background',
      { features: ['background'] },
      { background: true },
      'The provider is to go on in the background.',
    ),
    keeping('batch', { features: ['batch'] }, { batch: 'x' }, 'The call belongs to a batch.'),
    keeping(
      'files',
      { features: ['files'] },
      { messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'f' } }] }] },
      'The prompt refers to a stored file.',
    ),
    keeping(
      'server-tools',
      { features: ['server_tools'] },
      { tools: [{ type: 'mcp', server_url: 'https://x.example' }] },
      'The provider is to run tools on its side.',
    ),
    keeping(
      'plugins',
      { features: ['web_search', 'server_tools'] },
      { plugins: [{ id: 'web' }] },
      'A gateway’s plugin sends the prompt to a search engine.',
    ),
    {
      id: 'unknown-field',
      trick: 'The body has a field that nobody here knows, and that could have something kept.',
      rule: 'A field outside the api’s table makes claims on training, logging and retention unknown.',
      laws: ['L1'],
      context: { model: 'plain', api: CHAT },
      closed: [
        {
          on: ['check'],
          check: { body: { model: 'plain', remember: true } },
          eligible: [],
          code: 'no_compliant_provider',
        },
      ],
      cannot: {
        ...IN_REQUEST,
        decide: 'only a body',
        stream: 'only a body',
        list: 'only a body',
        models: 'only a body',
        cli: 'only a body',
      },
    },
    {
      id: 'batch-by-path',
      trick: 'The request goes to the path of batches or files, which keep what is sent.',
      rule: 'A path that is not in the table blocks; the apis keep, and claims must name that.',
      laws: ['L1'],
      context: { model: 'plain', api: 'API_BATCH' },
      candidates: ['plain/plain'],
      closed: [
        { on: [...SENT, 'list'], eligible: [], code: 'claim_unknown' },
        { on: ['check'], check: { path: '/v1/batches' }, eligible: [], code: 'invalid_request' },
        { on: ['models'], eligible: [], code: 'no_compliant_provider' },
      ],
      cannot: IN_REQUEST,
    },
    {
      id: 'attribute-left-out',
      trick:
        'An expression lets through what is not secret, and the request does not say whether it is.',
      rule: 'An expression that fails on what is missing blocks.',
      laws: ['L1'],
      files: { 'more.yaml': expression('attributes.level != "secret"') },
      context: { model: 'plain', api: CHAT },
      candidates: ['plain/plain'],
      closed: [{ on: [...SENT, 'list', 'file'], eligible: [], code: 'evaluation_error' }],
      cannot: { check: 'no attributes', models: 'no attributes' },
      control: 'attribute',
    },
    {
      id: 'negated-silence',
      trick:
        'An expression asks that a certification is not missing, in a way that silence would satisfy.',
      rule: 'Every claim that an expression names must be declared, under `has` and `!`, too.',
      laws: ['L1', 'L3'],
      files: {
        'more.yaml': expression(
          '!has(claims.soc2) || claims.soc2 == "type2" || attributes.level == "open"',
        ),
      },
      context: { model: 'plain', api: CHAT, attributes: { level: 'open' } },
      candidates: ['plain/plain'],
      closed: [{ on: [...SENT, 'list', 'file'], eligible: [], code: 'claim_unknown' }],
      cannot: { check: 'no attributes', models: 'no attributes' },
      control: 'audited',
    },
    {
      id: 'two-catalogs',
      trick: 'A second file states the better value of one claim at the same level.',
      rule: 'One id is declared once: the files are refused.',
      laws: ['L1', 'L12'],
      closed: [
        refused('duplicate_target', {
          'more.yaml': `apiVersion: ambit/v1
kind: Catalog
metadata: { name: more }
spec: { targets: [{ id: loose/kept, provider: full, model: other }] }
`,
        }),
      ],
      cannot: IN_FILE,
    },
    {
      id: 'misspelt-requirement',
      trick: 'A requirement is misspelt, so that it could be passed over.',
      rule: 'An unknown key is an error of the file.',
      laws: ['L1'],
      closed: [
        refused('unknown_key', {
          'policy.yaml': POLICY.replace('max_retention_days', 'max_retention_day'),
        }),
      ],
      cannot: IN_FILE,
    },
    {
      id: 'key-twice',
      trick: 'A requirement stands twice, the second time with a looser value.',
      rule: 'A key that stands twice is an error of the file.',
      laws: ['L1'],
      closed: [
        refused('duplicate_key', {
          'policy.yaml': POLICY.replace(
            'max_retention_days: 0',
            'max_retention_days: 0, max_retention_days: 90',
          ),
        }),
      ],
      cannot: IN_FILE,
    },
  ],
};
