import {
  honest,
  IN_CANDIDATE,
  IN_REQUEST,
  ONLY_BY_PROVIDER,
  nothing,
  nothingSent,
  SENT,
} from '../support/shapes';
import type { Trick, World } from '../support/trick';

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: places }
spec:
  providers:
    - id: bedrock
      claims: { processing_regions: [eu] }
      targets:
        - { id: eu, model: eu.vendor.chat-1, serves: [eu-chat] }
        - { id: us, model: us.vendor.chat-1, serves: [us-chat] }
        - { id: apac, model: apac.vendor.chat-1, serves: [apac-chat] }
        - { id: global, model: global.vendor.chat-1, serves: [global-chat] }
        - { id: capital, model: US.vendor.chat-1, serves: [capital-chat] }
        - { id: declared, model: plain-1, region: us-east-1, serves: [declared-chat] }
        - { id: free, model: free-1, serves: [free-chat] }
    - id: cloud
      endpoints:
        - { id: cloud-de, base_url: 'https://de.cloud.example/v1', region: DE, claims: { processing_regions: [DE] } }
        - { id: cloud-us, base_url: 'https://us.cloud.example/v1', region: US, claims: { processing_regions: [US] } }
      targets:
        - { id: cloud/open, model: open, serves: [open] }
        - { id: cloud/de, model: fixed, endpoint: cloud-de, serves: [fixed] }
    - id: world
      claims: { processing_regions: [global] }
      targets: [{ id: world/chat, model: chat, serves: [world-chat] }]
    - id: anywhere
      models: any
      claims: { processing_regions: [eu] }
    - id: seat
      claims: { headquarters: [DE] }
      targets: [{ id: seat/chat, model: chat, serves: [seat-chat] }]
    - id: partly
      claims: { processing_regions: [DE, US] }
      targets: [{ id: partly/chat, model: chat, serves: [partly-chat] }]
`;

const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: europe }
spec:
  requirements: { processing_regions: [eu] }
`;

type PlacedRow = readonly [id: string, target: string, trick: string, rule: string, code?: string];

/** A target whose catalogued claim promises more, or other, than where it is. */
const placed = ([id, target, trick, rule, code = 'claim_contrary']: PlacedRow): Trick => ({
  id,
  trick,
  rule,
  laws: ['L2', 'L12'],
  context: { model: `${id}-chat` },
  candidates: [target],
  closed: [...nothing(code, 'no_compliant_provider'), { on: ['file'], eligible: [], code }],
  cannot: {},
});

const PREFIX =
  'The region of a model’s prefix is the target’s region, never stripped, and must lie inside as well.';

/** A base URL that looks like the catalogued one. */
const url = (id: string, endpoint: string, how: string, code = 'claim_unknown'): Trick => ({
  id,
  trick: `The candidate has the catalogued address ${how}: \`${endpoint}\`.`,
  rule: 'An address is the catalog’s, or it is another: another one inherits no claims.',
  laws: ['L13'],
  candidates: [{ ref: 'x', provider: 'cloud', model: 'open', endpoint }],
  closed: [nothingSent(code)],
  cannot: IN_CANDIDATE,
  control: 'address',
});

/** A profile of another region at a provider that claims Europe for all its models. */
const profile = (id: string, model: string, how: string, code = 'claim_contrary'): Trick => ({
  id,
  trick: `A provider of which every model is known, and which claims Europe, is asked for a profile of another region, ${how}.`,
  rule: PREFIX,
  laws: ['L12'],
  candidates: [{ ref: 'x', provider: 'anywhere', model }],
  closed: [
    nothingSent(code),
    { on: ['list'], context: { model: `anywhere/${model}` }, eligible: [], code },
  ],
  cannot: { ...IN_REQUEST, ...ONLY_BY_PROVIDER },
  control: 'profile',
});

export const PLACES: World = {
  name: 'places',
  title: 'Regions and addresses',
  about:
    'Processing must be in the European Union, and every target says so of itself or inherits it.',
  files: { 'catalog.yaml': CATALOG, 'policy.yaml': POLICY },
  controls: {
    plain: honest({ model: 'eu-chat' }, ['eu'], ['eu']),
    fixed: honest({ model: 'fixed' }, ['cloud/de'], ['cloud/de']),
    profile: [
      {
        on: ['list'],
        context: { model: 'anywhere/eu.vendor.chat-1' },
        eligible: ['anywhere/eu.vendor.chat-1'],
      },
      {
        on: SENT,
        candidates: [{ ref: 'x', provider: 'anywhere', model: 'eu.vendor.chat-1' }],
        eligible: ['x'],
      },
    ],
    address: [
      {
        on: SENT,
        candidates: [
          { ref: 'x', provider: 'cloud', model: 'open', endpoint: 'https://de.cloud.example/v1' },
        ],
        eligible: ['x'],
      },
    ],
  },
  tricks: [
    placed([
      'us',
      'us',
      'The model is a profile of another region, `us.vendor.chat-1`, at a provider that claims Europe.',
      PREFIX,
    ]),
    placed(['apac', 'apac', 'The same with `apac.`, which is no country.', PREFIX]),
    placed(['global', 'global', 'The same with `global.`, which lies in nothing.', PREFIX]),
    placed(['capital', 'capital', 'The prefix is written in capitals, `US.`.', PREFIX]),
    placed([
      'declared',
      'declared',
      'The target is declared in another region than its provider claims.',
      'Claim and declared region must both lie inside.',
    ]),
    placed([
      'world',
      'world/chat',
      'The provider claims to process `global`, in the hope that it holds everything.',
      '`global` lies in nothing.',
    ]),
    placed([
      'seat',
      'seat/chat',
      'The provider has its seat in Germany and says nothing of where it processes.',
      'A seat says nothing of where things are processed.',
      'claim_unknown',
    ]),
    placed([
      'partly',
      'partly/chat',
      'One of the places of processing lies inside.',
      'A claim names everywhere that it may happen, and all of it must lie inside.',
    ]),
    {
      id: 'open-endpoint',
      trick: 'The target leaves open at which of the provider’s endpoints it is.',
      rule: 'What is left open is judged at each of them.',
      laws: ['L12'],
      context: { model: 'open' },
      candidates: ['cloud/open'],
      closed: [
        ...nothing('claim_contrary', 'no_compliant_provider'),
        { on: ['file'], eligible: [], code: 'claim_contrary' },
      ],
      cannot: {},
      control: 'fixed',
    },
    {
      id: 'region-of-candidate',
      trick: 'The candidate names another region than the target that it names.',
      rule: 'The region that a candidate names must lie inside, whatever is claimed.',
      laws: ['L12'],
      candidates: [{ target: 'free', region: 'us-east-1' }],
      closed: [nothingSent('claim_contrary')],
      cannot: IN_CANDIDATE,
    },
    {
      id: 'empty-region',
      trick: 'The candidate names an empty region, as if that were none.',
      rule: 'Empty is not absent: it lies in nothing.',
      laws: ['L2', 'L4'],
      candidates: [{ target: 'free', region: '' }],
      closed: [nothingSent('claim_contrary')],
      cannot: IN_CANDIDATE,
    },
    {
      id: 'region-against-target',
      trick: 'The candidate names a European region for a target that is declared elsewhere.',
      rule: 'Parts that contradict the target make it unknown.',
      laws: ['L1', 'L12'],
      candidates: [{ target: 'declared', region: 'eu-west-1' }],
      closed: [nothingSent('unknown_target')],
      cannot: IN_CANDIDATE,
    },
    {
      id: 'endpoint-against-target',
      trick:
        'The candidate names the American endpoint for a target that is fixed to the German one.',
      rule: 'Parts that contradict the target make it unknown.',
      laws: ['L1', 'L12'],
      candidates: [{ target: 'cloud/de', endpoint: 'https://us.cloud.example/v1' }],
      closed: [nothingSent('unknown_target')],
      cannot: IN_CANDIDATE,
      control: 'fixed',
    },
    url('user-in-url', 'https://de.cloud.example@evil.example/v1', 'as the user of another host'),
    url('password-in-url', 'https://x:y@de.cloud.example/v1', 'with a user and a password'),
    url('port', 'https://de.cloud.example:8443/v1', 'with another port'),
    url('scheme', 'http://de.cloud.example/v1', 'without encryption'),
    url('trailing-dot-of-host', 'https://de.cloud.example./v1', 'with a dot behind the host'),
    url(
      'look-alike-host',
      'https://d\u0435.cloud.example/v1',
      'with a Cyrillic letter in the host',
    ),
    url('ip-address', 'https://203.0.113.7/v1', 'as an address of numbers'),
    url('subdomain', 'https://de.cloud.example.evil.example/v1', 'with more behind the host'),
    url('path', 'https://de.cloud.example/v1/../admin', 'with another path'),
    url('query', 'https://de.cloud.example/v1?to=us', 'with a query'),
    url('backslash', 'https://evil.example\\@de.cloud.example/v1', 'behind a backslash'),
    url('no-scheme', 'de.cloud.example/v1', 'without a scheme', 'unknown_target'),
    url('encoded-dots', 'https://de.cloud.example/v1/%2e%2e/admin', 'with encoded dots'),
    url('empty-endpoint', '', 'as an empty text', 'unknown_target'),
    url('two-slashes', 'https:de.cloud.example/v1', 'without its slashes', 'unknown_target'),
    profile('profile', 'us.vendor.chat-1', '`us.`'),
    profile('profile-global', 'global.vendor.chat-1', '`global.`'),
    profile('profile-capital', 'US.Vendor.chat-1', '`US.`'),
    profile('profile-space', ' us.vendor.chat-1', 'behind a space'),
    profile(
      'profile-arn',
      'arn:aws:bedrock:us-east-1:1:inference-profile/us.vendor.chat-1',
      'by its ARN',
    ),
    profile('profile-path', 'converse/us.vendor.chat-1', 'behind the path of a route'),
    profile('profile-slash', 'us.vendor.chat-1/', 'with a slash behind it'),
    profile(
      'arn-path',
      'converse/arn:aws:bedrock:us-east-1::foundation-model/chat-1',
      'by its ARN behind the path of a route',
    ),
  ],
};
