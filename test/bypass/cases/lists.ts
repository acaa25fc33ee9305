import {
  honest,
  IN_CANDIDATE,
  IN_REQUEST,
  nothing,
  nothingSent,
  ONLY_BY_PROVIDER,
  SENT,
} from '../support/shapes';
import type { Trick, World } from '../support/trick';

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: lists }
spec:
  providers:
    - id: acme
      endpoints: [{ id: acme-main, base_url: 'https://acme.example/v1' }]
      targets: [{ model: chat, serves: [chat] }]
    - id: banned
      endpoints: [{ id: banned-main, base_url: 'https://banned.example/v1' }]
      targets: [{ model: chat, serves: [banned] }]
    - id: open
      models: any
    - id: amazon-bedrock
      targets: [{ model: nova, serves: [nova] }]
    - id: mine
      aliases: [bedrock]
      targets: [{ model: nova, serves: [my-nova] }]
`;

const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: bans }
spec:
  providers: { deny: [banned, { provider: open, region: US, future: true }] }
  models: { deny: [{ provider: open, model: secret* }, { target: open/hidden, future: true }] }
`;

const SLUGS = `vercel:
  team: { allowlist_on: true, disabled: [bedrock], as_of: 2026-06-01, providers: [bedrock, acme, banned, open] }
`;

type OpenRow = readonly [id: string, candidate: object, code: string, trick: string, rule: string];

/** Something of the provider of which every model is known, and which is banned in one region. */
const open = ([id, candidate, code, trick, rule]: OpenRow): Trick => ({
  id,
  trick,
  rule,
  laws: ['L12'],
  candidates: [{ ref: 'x', provider: 'open', model: 'chat', ...candidate }],
  closed: [nothingSent(code)],
  cannot: IN_CANDIDATE,
  control: 'open',
});

const PLACE =
  'A ban on a place holds for what may overlap with it, and for names that are no place.';
const NAME = 'What is denied compares without case, width and what nobody sees.';

type AddressedRow = readonly [id: string, endpoint: string, how: string];

/** A target that is allowed, at the address of one that is denied. */
const addressed = ([id, endpoint, how]: AddressedRow): Trick => ({
  id,
  trick: `The candidate names a provider that is allowed, at the address of one that is denied, ${how}: \`${endpoint}\`.`,
  rule: 'An address that the catalog knows as another provider’s contradicts the candidate.',
  laws: ['L1', 'L12'],
  candidates: [{ target: 'acme/chat', endpoint }],
  closed: [nothingSent('unknown_target')],
  cannot: IN_CANDIDATE,
  control: 'address',
});

const byPrefix = (id: string, model: string, trick: string): Trick => ({
  ...open([id, { model }, 'provider_denied', trick, PLACE]),
  closed: [
    nothingSent('provider_denied'),
    { on: ['list'], context: { model: `open/${model}` }, eligible: [], code: 'provider_denied' },
  ],
  cannot: { ...IN_REQUEST, ...ONLY_BY_PROVIDER },
});

export const LISTS: World = {
  name: 'lists',
  title: 'Lists without any claim',
  about:
    'No claims are demanded. One provider is denied, another one in the United States and for some models, and a third by the name that Vercel has for it.',
  files: { 'catalog.yaml': CATALOG, 'policy.yaml': POLICY, 'team.yaml': SLUGS },
  controls: {
    plain: honest({ model: 'chat' }, ['acme/chat'], ['acme/chat', 'banned/chat']),
    address: [
      {
        on: SENT,
        candidates: [{ target: 'acme/chat', endpoint: 'https://acme.example/v1' }],
        eligible: ['acme/chat'],
      },
    ],
    open: [
      {
        on: SENT,
        candidates: [{ ref: 'x', provider: 'open', model: 'chat', region: 'DE' }],
        eligible: ['x'],
      },
      { on: ['list'], context: { model: 'open/chat' }, eligible: ['open/chat'] },
    ],
  },
  tricks: [
    byPrefix('prefix', 'us.vendor.chat-1', 'The region is in the model’s name, `us.`.'),
    byPrefix('prefix-gov', 'US-Gov.vendor.chat-1', 'The same with `US-Gov.`.'),
    byPrefix(
      'prefix-global',
      'global.vendor.chat-1',
      'The same with `global.`, which may be there.',
    ),
    open([
      'region-of-cloud',
      { region: 'us-east-1' },
      'provider_denied',
      'The region has a cloud’s name, `us-east-1`.',
      PLACE,
    ]),
    open([
      'region-in-small-letters',
      { region: 'us' },
      'provider_denied',
      'The region is written in small letters.',
      PLACE,
    ]),
    open([
      'region-empty',
      { region: '' },
      'provider_denied',
      'The region is an empty text.',
      PLACE,
    ]),
    open([
      'model-in-capitals',
      { model: 'SECRET-1' },
      'model_denied',
      'The denied model is written in capitals.',
      NAME,
    ]),
    open([
      'model-in-full-width',
      { model: '\uff53ecret' },
      'model_denied',
      'The denied model is written with a wide letter.',
      NAME,
    ]),
    open([
      'model-unseen',
      { model: 'sec\u200bret' },
      'model_denied',
      'A character that nobody sees stands in the denied model’s name.',
      NAME,
    ]),
    open([
      'model-with-nul',
      { model: 'secret\u0000' },
      'model_denied',
      'A NUL stands behind the denied model’s name.',
      NAME,
    ]),
    {
      id: 'slug-of-two',
      trick:
        'A file declares a provider of the name by which Vercel’s settings switch another one off.',
      rule: 'A ban means whatever may be meant: the provider of the name, and the one that the system means by it.',
      laws: ['L12'],
      context: { model: 'nova', models: ['my-nova'] },
      candidates: ['amazon-bedrock/nova', 'mine/nova'],
      closed: [
        ...nothing('provider_denied', 'provider_not_allowed', 'no_providers_available'),
        { on: ['file'], eligible: [], code: 'provider_denied' },
      ],
      cannot: {},
    },
    addressed(['address-of-denied', 'https://banned.example/v1', 'as it is catalogued']),
    addressed([
      'address-in-capitals',
      'https://BANNED.example:443/v1/',
      'in other letters, with its port and a slash',
    ]),
    addressed(['address-below', 'https://banned.example/v1/chat', 'with a longer path']),
    addressed(['address-with-dot', 'https://banned.example./v1', 'with a dot behind the host']),
    addressed([
      'address-with-user',
      'https://acme.example@banned.example/v1',
      'with the good host as its user',
    ]),
    addressed(['address-with-port', 'https://banned.example:8443/v1', 'with another port']),
    addressed(['address-by-id', 'banned-main', 'by the endpoint’s id']),
    open([
      'denied-by-id',
      { model: 'hidden' },
      'model_denied',
      'The ban names the id `open/hidden`, and the candidate names provider and model.',
      'A provider’s model has the id PROVIDER/MODEL, however a candidate names it.',
    ]),
  ],
};
