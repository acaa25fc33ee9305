import { honest, IN_CANDIDATE, IN_REQUEST, nothing, nothingSent, SENT } from '../support/shapes';
import { BODY_TRICKS, CHAT, checked, onCli } from './bodies';
import type { Ask, Json, Trick, World } from '../support/trick';

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: requests }
spec:
  providers:
    - id: acme
      aliases: [acme-ai]
      claims: { training_opt_out: true, zero_data_retention: true, retention_days: 0 }
      targets: [{ model: chat, serves: [chat] }]
    - id: trains
      aliases: [trainer]
      claims: { training_opt_out: false, zero_data_retention: true, retention_days: 0, user_data_collection: deny, price: { prompt: 0, completion: 0 } }
      targets: [{ model: chat, serves: [chat, cheap] }]
`;

const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: guard }
spec:
  requirements: { require_no_training: true }
`;

const BOTH = ['acme/chat', 'trains/chat'];

type AskingRow = readonly [
  id: string,
  preferences: Json,
  trick: string,
  left: readonly string[],
  code: string,
  block?: string,
];

/** A request whose preferences ask for the provider that trains. */
const asking = ([id, preferences, trick, left, code, block = code]: AskingRow): Trick => ({
  id,
  trick,
  rule: 'A preference only narrows: leaving one out, widening one or forging one adds nobody.',
  laws: ['L3', 'L4', 'L7'],
  context: { ...CHAT, preferences },
  candidates: BOTH,
  closed:
    left.length > 0
      ? [
          { on: [...SENT, 'list'], eligible: left, code: 'claim_contrary' },
          { on: ['check'], eligible: left },
        ]
      : [
          { on: [...SENT, 'list'], eligible: [], code },
          { on: ['check'], eligible: [], code: block },
        ],
  cannot: { ...IN_REQUEST, models: 'no preferences' },
});

type InvalidRow = readonly [
  id: string,
  context: Json,
  trick: string,
  more?: readonly Ask[],
  cannot?: Trick['cannot'],
];

/** Values that are not understood. */
const invalid = ([id, context, trick, more = [], cannot = {}]: InvalidRow): Trick => ({
  id,
  trick,
  rule: 'What a client says and nobody understands blocks with 400; it is never passed over.',
  laws: ['L1'],
  context: { ...CHAT, ...context },
  candidates: BOTH,
  closed: [{ on: ['decide', 'stream', 'list'], eligible: [], code: 'invalid_request' }, ...more],
  cannot: { ...IN_REQUEST, ...cannot },
});

export const REQUESTS: World = {
  name: 'requests',
  title: 'What requests say and leave out',
  about: 'No training is allowed; the provider that trains is cheaper and promises all else.',
  files: { 'catalog.yaml': CATALOG, 'policy.yaml': POLICY },
  controls: { plain: honest(CHAT, ['acme/chat'], BOTH) },
  tricks: [
    asking([
      'only-forbidden',
      { only: ['trains'] },
      'The request asks for the forbidden provider alone.',
      [],
      'claim_contrary',
      'no_compliant_provider',
    ]),
    asking([
      'only-empty',
      { only: [] },
      'The request has an empty `only`, which could be read as no restriction.',
      [],
      'request_only',
      'request_filters_leave_none',
    ]),
    asking([
      'only-unknown',
      { only: ['nobody'] },
      'The request’s `only` names nobody, so that it could be taken for a slip.',
      [],
      'request_only',
      'request_filters_leave_none',
    ]),
    asking([
      'only-twice',
      { only: ['acme', 'acme-ai', 'trains'] },
      'One provider is named twice beside the forbidden one.',
      ['acme/chat'],
      '',
    ]),
    asking([
      'only-alias',
      { only: ['trainer'] },
      'The forbidden provider is asked for by its alias.',
      [],
      'claim_contrary',
      'no_compliant_provider',
    ]),
    asking([
      'only-model',
      { only: ['trains/chat'] },
      'The forbidden target is asked for by its id.',
      [],
      'claim_contrary',
      'no_compliant_provider',
    ]),
    asking([
      'only-wildcard',
      { only: ['*'] },
      'The request’s `only` is a wildcard.',
      [],
      'request_only',
      'request_filters_leave_none',
    ]),
    asking([
      'order-forbidden',
      { order: ['trains'] },
      'The forbidden provider is put first.',
      ['acme/chat'],
      '',
    ]),
    asking([
      'no-fallback',
      { order: ['trains'], allow_fallbacks: false },
      'The forbidden provider is put first, and fallbacks are off.',
      [],
      'claim_contrary',
      'no_compliant_provider',
    ]),
    asking([
      'fallback',
      { order: ['acme'], allow_fallbacks: true },
      'Fallbacks are allowed, so that the second could be the forbidden one.',
      ['acme/chat'],
      '',
    ]),
    asking([
      'collect-allow',
      { data_collection: 'DATA_COLLECTION_ALLOW' },
      'The request allows what the policy forbids (`data_collection: allow`).',
      ['acme/chat'],
      '',
    ]),
    asking([
      'retention-off',
      { zero_data_retention: false },
      'The request states that zero retention is not needed.',
      ['acme/chat'],
      '',
    ]),
    asking([
      'ignore-good',
      { ignore: ['ACME'] },
      'The request ignores whoever passes, in other letters, so that only the forbidden one is left.',
      [],
      'request_ignore',
      'no_compliant_provider',
    ]),
    {
      id: 'second-name',
      trick:
        'The first name is pinned to who passes; a second name without a pin brings everybody.',
      rule: 'Each name picks its own candidates, and all of them are judged.',
      laws: ['L7'],
      context: { model: 'acme/chat', models: ['cheap', 'chat'] },
      candidates: BOTH,
      closed: [
        { on: [...SENT, 'list'], eligible: ['acme/chat'], code: 'claim_contrary' },
        { on: ['check'], eligible: ['acme/chat'] },
      ],
      cannot: { ...IN_REQUEST, models: 'one name' },
    },
    {
      id: 'name-of-another',
      trick: 'A model is asked for that only the forbidden provider has.',
      rule: 'Where no candidate passes, the request is blocked; nobody else is put in.',
      laws: ['L6'],
      context: { model: 'cheap' },
      candidates: ['trains/chat'],
      closed: nothing('claim_contrary', 'no_compliant_provider'),
      cannot: IN_REQUEST,
    },
    {
      id: 'no-name',
      trick: 'No model is named at all, so that nothing is pinned or looked up.',
      rule: 'Whatever the catalog offers is judged; a body without a model is refused.',
      laws: ['L6'],
      context: {},
      candidates: BOTH,
      closed: [
        { on: [...SENT, 'list'], eligible: ['acme/chat'], code: 'claim_contrary' },
        checked({ body: { messages: [] } }),
        { on: ['models'], eligible: ['chat'] },
      ],
      cannot: IN_REQUEST,
    },
    {
      id: 'no-candidates',
      trick: 'No candidate is sent, so that nothing could be wrong with one.',
      rule: 'No candidates: `no_candidates` blocks.',
      laws: ['L4'],
      context: CHAT,
      candidates: [],
      closed: [nothingSent('no_candidates')],
      cannot: IN_CANDIDATE,
    },
    {
      id: 'same-ref',
      trick: 'Two candidates have one ref: the good one’s verdict shall be read for the other.',
      rule: 'A ref is unique: the call is refused.',
      laws: ['L5'],
      context: CHAT,
      candidates: [
        { ref: 'x', target: 'acme/chat' },
        { ref: 'x', target: 'trains/chat' },
      ],
      closed: [
        { on: ['decide', 'stream'], eligible: [], code: 'INVALID_ARGUMENT' },
        onCli('refused'),
      ],
      cannot: IN_CANDIDATE,
    },
    {
      id: 'ref-of-another',
      trick: 'The forbidden candidate has the id of the good target as its ref.',
      rule: 'A ref is the caller’s word and decides nothing; it is taken once.',
      laws: ['L5', 'L12'],
      context: CHAT,
      candidates: [{ ref: 'acme/chat', target: 'trains/chat' }],
      closed: [nothingSent('claim_contrary')],
      cannot: IN_CANDIDATE,
    },
    {
      id: 'order-of-candidates',
      trick: 'The forbidden candidate stands first, last and in the middle.',
      rule: 'Each candidate is judged by itself; the order of the others changes nothing.',
      laws: ['L5', 'L6'],
      context: CHAT,
      candidates: [
        'trains/chat',
        { ref: 'b', target: 'acme/chat' },
        { ref: 'c', target: 'trains/chat' },
        { ref: 'd', target: 'acme/chat' },
        { ref: 'e', target: 'trains/chat' },
      ],
      closed: [{ on: SENT, eligible: ['b', 'd'], code: 'claim_contrary' }],
      cannot: IN_CANDIDATE,
    },
    invalid([
      'unknown-api',
      { api: 99 },
      'The api has a number that does not exist.',
      [
        onCli('invalid_request'),
        checked({ path: '/v1/completion' }),
        {
          on: ['models'],
          context: {},
          headers: { 'x-ambit-api': 'chat' },
          eligible: [],
          code: 'invalid_argument',
        },
      ],
    ]),
    invalid([
      'unknown-style',
      { model_id_style: 77 },
      'The style of names has a number that does not exist.',
      [onCli('invalid_request')],
      { check: 'no numbers', models: 'no numbers' },
    ]),
    invalid([
      'unknown-collection',
      { preferences: { data_collection: 9 } },
      '`data_collection` has a value that does not exist.',
      [
        onCli('invalid_request'),
        checked({ body: { ...CHAT, provider: { data_collection: 'maybe' } } }),
      ],
      { models: 'no preferences' },
    ]),
    invalid([
      'negative-retention',
      { preferences: { max_retention_days: -1 } },
      'The longest retention is negative, so that a comparison could turn.',
      [
        onCli('invalid_request'),
        checked({ body: CHAT, headers: { 'ambit-prefer-max-retention-days': '-1' } }),
      ],
      { models: 'no preferences' },
    ]),
    invalid([
      'negative-price',
      { preferences: { max_price: { prompt: -1 } } },
      'The highest price is negative.',
      [
        onCli('invalid_request'),
        checked({ body: { ...CHAT, provider: { max_price: { prompt: -1 } } } }),
      ],
      { models: 'no preferences' },
    ]),
    invalid([
      'empty-name',
      { preferences: { only: [''] } },
      '`only` holds an empty name.',
      [onCli('invalid_request'), checked({ body: { ...CHAT, provider: { only: [''] } } })],
      { models: 'no preferences' },
    ]),
    invalid([
      'empty-model',
      { model: '' },
      'The model’s name is empty.',
      [onCli('invalid_request'), checked({ body: { model: '' } })],
      { models: 'one name' },
    ]),
    invalid([
      'long-model',
      { model: 'x'.repeat(513) },
      'The model’s name is longer than anybody reads.',
      [
        onCli('invalid_request'),
        checked({ body: { model: 'x'.repeat(513) } }),
        { on: ['models'], eligible: [], code: 'invalid_request' },
      ],
    ]),
    invalid([
      'unknown-feature',
      { features: ['teleport'] },
      'The request uses a feature that does not exist.',
      [onCli('invalid_request')],
      { check: 'no features', models: 'no features' },
    ]),
    ...BODY_TRICKS,
  ],
};
