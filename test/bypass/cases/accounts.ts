import { honest, IN_CANDIDATE, nothing, nothingSent, SENT } from '../support/shapes';
import type { Json, Trick, World } from '../support/trick';

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: accounts }
spec:
  providers:
    - id: acme
      claims: { training_opt_out: true, gdpr: true }
      credentials:
        - { id: ours, owner: operator }
        - { id: theirs, owner: customer }
        - { id: agreed, owner: customer, claims: { training_opt_out: true } }
      targets:
        - { id: acme/ours, model: chat, serves: [chat], credential: ours }
        - { id: acme/theirs, model: chat-2, serves: [theirs], credential: theirs }
        - { id: acme/open, model: open, serves: [open] }
    - id: deal
      claims: { gdpr: true }
      credentials:
        - { id: contract, owner: operator, claims: { training_opt_out: true } }
        - { id: trial, owner: operator }
      targets:
        - { id: deal/contract, model: chat, serves: [deal], credential: contract }
        - { id: deal/open, model: open, serves: [deal-open] }
    - id: gateway
      claims: { training_opt_out: true, gdpr: true, nested_gateway: true }
      targets: [{ id: gateway/chat, model: chat, serves: [routed] }]
    - id: pinned-gateway
      claims: { training_opt_out: true, gdpr: true, nested_gateway: fallback_off }
      targets: [{ id: pinned-gateway/chat, model: chat, serves: [pinned] }]
    - id: silent
      claims: { gdpr: true }
      targets: [{ id: silent/chat, model: chat, serves: [silent] }]
    - id: contrary
      claims: { training_opt_out: false, gdpr: true }
      targets: [{ id: contrary/chat, model: chat, serves: [contrary] }]
`;

const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: guard }
spec:
  requirements: { require_no_training: true, gdpr: true }
`;

const CLAIMS = [
  { name: 'training_opt_out', bool_value: true },
  { name: 'gdpr', bool_value: true },
];

/** A candidate that passes if its credential is as good as the operator's. */
const key = (id: string, credential: string, trick: string): Trick => ({
  id,
  trick,
  rule: 'Claims on training, logging and retention reach only the operator’s credentials; on any other they must be stated.',
  laws: ['L13'],
  candidates: [{ ref: 'x', provider: 'acme', model: 'open', credential }],
  closed: [nothingSent('claim_unknown')],
  cannot: IN_CANDIDATE,
  control: 'key',
});

/** A candidate that states the claims that it lacks. */
const inline = (id: string, candidate: Json, trick: string, code: string): Trick => ({
  id,
  trick,
  rule: 'Inline claims are judged beside the catalog’s: a requirement must hold on both, and they make nothing known.',
  laws: ['L1', 'L13'],
  candidates: [{ ref: 'x', claims: CLAIMS, ...candidate }],
  closed: [nothingSent(code)],
  cannot: IN_CANDIDATE,
  control: 'inline',
});

export const ACCOUNTS: World = {
  name: 'accounts',
  title: 'Credentials, contracts, gateways and what callers claim',
  about:
    'No training is allowed. The providers say so for the operator’s account, for one contract, or not at all.',
  files: { 'catalog.yaml': CATALOG, 'policy.yaml': POLICY },
  controls: {
    plain: honest({ model: 'chat' }, ['acme/ours'], ['acme/ours']),
    deal: honest({ model: 'deal' }, ['deal/contract'], ['deal/contract']),
    pinned: honest({ model: 'pinned' }, ['pinned-gateway/chat'], ['pinned-gateway/chat']),
    key: [
      {
        on: SENT,
        candidates: [{ ref: 'x', provider: 'acme', model: 'open', credential: 'agreed' }],
        eligible: ['x'],
      },
    ],
    inline: [
      {
        on: SENT,
        candidates: [{ ref: 'x', target: 'acme/ours', claims: CLAIMS }],
        eligible: ['x'],
      },
    ],
  },
  tricks: [
    key('customers-key', 'theirs', 'The request goes out under a customer’s own key (BYOK).'),
    key(
      'unknown-key',
      'sk-nobody',
      'The request goes out under a credential that nobody declared.',
    ),
    key('empty-key', '', 'The credential is an empty text, so that none seems to be named.'),
    key('case-of-key', 'OURS', 'The operator’s credential is named in other letters.'),
    {
      id: 'customers-key-in-catalog',
      trick:
        'The target itself is used under a customer’s key, at a provider whose claims are the operator’s.',
      rule: 'Claims on training, logging and retention reach a customer’s credential only if they are stated on it.',
      laws: ['L13'],
      context: { model: 'theirs' },
      candidates: ['acme/theirs'],
      closed: [
        ...nothing('claim_unknown', 'no_compliant_provider'),
        { on: ['file'], eligible: [], code: 'claim_unknown' },
      ],
      cannot: {},
    },
    {
      id: 'open-credential',
      trick: 'The target leaves open under which of several credentials it is used.',
      rule: 'What is left open is judged under each of them.',
      laws: ['L12', 'L13'],
      context: { model: 'open' },
      candidates: ['acme/open'],
      closed: [
        ...nothing('claim_unknown', 'no_compliant_provider'),
        { on: ['file'], eligible: [], code: 'claim_unknown' },
      ],
      cannot: {},
    },
    {
      id: 'contract-elsewhere',
      trick:
        'The contract stands on one credential of the operator’s, and the target may be used under another.',
      rule: 'A contract holds for its credential; what is left open is judged under each.',
      laws: ['L12', 'L13'],
      context: { model: 'deal-open' },
      candidates: ['deal/open'],
      closed: [
        ...nothing('claim_unknown', 'no_compliant_provider'),
        { on: ['file'], eligible: [], code: 'claim_unknown' },
      ],
      cannot: {},
      control: 'deal',
    },
    {
      id: 'credential-against-target',
      trick: 'The candidate names another credential for a target that is fixed to one.',
      rule: 'The target is judged under the credential that is named.',
      laws: ['L12'],
      candidates: [{ target: 'deal/contract', credential: 'trial' }],
      closed: [nothingSent('claim_unknown')],
      cannot: IN_CANDIDATE,
      control: 'inline',
    },
    {
      id: 'nested-gateway',
      trick: 'The target is a gateway that claims all that is asked for, and routes on by itself.',
      rule: 'A nested gateway has unknown claims unless its own fallback is declared off.',
      laws: ['L13'],
      context: { model: 'routed' },
      candidates: ['gateway/chat'],
      closed: [
        ...nothing('nested_gateway'),
        { on: ['file'], eligible: [], code: 'nested_gateway' },
      ],
      cannot: {},
      control: 'pinned',
    },
    {
      id: 'denied-behind-gateway',
      trick:
        'A denied provider is reached through a gateway that has another name, and whose fallback is on.',
      rule: 'Every deny entry matches a gateway that routes on by itself.',
      laws: ['L13'],
      files: {
        'deny.yaml': `apiVersion: ambit/v1
kind: Policy
metadata: { name: deny }
spec: { providers: { deny: [contrary] } }
`,
      },
      context: { model: 'routed' },
      candidates: ['gateway/chat'],
      closed: [
        ...nothing('provider_denied', 'provider_not_allowed'),
        { on: ['file'], eligible: [], code: 'provider_denied' },
      ],
      cannot: {},
      control: 'pinned',
    },
    inline(
      'inline-silent',
      { target: 'silent/chat' },
      'The candidate claims what the catalog does not know.',
      'claim_unknown',
    ),
    inline(
      'inline-contrary',
      { target: 'contrary/chat' },
      'The candidate claims the opposite of the catalog.',
      'claim_contrary',
    ),
    inline(
      'inline-unknown',
      { provider: 'nobody', model: 'chat' },
      'The candidate is unknown, and brings its own claims.',
      'unknown_target',
    ),
    inline(
      'inline-customers-key',
      { target: 'acme/theirs' },
      'The candidate claims for a customer’s key what its owner never said.',
      'claim_unknown',
    ),
    inline(
      'inline-address',
      {
        provider: 'acme',
        model: 'open',
        credential: 'agreed',
        endpoint: 'https://elsewhere.example',
      },
      'The candidate claims for a foreign address what holds at the catalog’s.',
      'claim_unknown',
    ),
    inline(
      'inline-gateway',
      {
        target: 'gateway/chat',
        claims: [...CLAIMS, { name: 'nested_gateway', string_value: 'none' }],
      },
      'The candidate says that the gateway routes nowhere.',
      'nested_gateway',
    ),
    {
      id: 'inline-worse',
      trick:
        'A candidate that passes says that it is a gateway that routes on, in the hope that nobody listens.',
      rule: 'Inline claims count where they are worse.',
      laws: ['L13'],
      candidates: [
        {
          ref: 'x',
          target: 'acme/ours',
          claims: [{ name: 'training_opt_out', bool_value: false }],
        },
      ],
      closed: [nothingSent('claim_contrary')],
      cannot: IN_CANDIDATE,
      control: 'inline',
    },
    {
      id: 'inline-nested',
      trick:
        'The candidate says that it routes on by itself, which the catalog does not know of it.',
      rule: 'Inline claims count where they are worse, and what routes on has unknown claims.',
      laws: ['L13'],
      candidates: [
        {
          ref: 'x',
          target: 'acme/ours',
          claims: [{ name: 'nested_gateway', string_value: 'routes_on' }],
        },
      ],
      closed: [nothingSent('nested_gateway')],
      cannot: IN_CANDIDATE,
      control: 'inline',
    },
  ],
};
