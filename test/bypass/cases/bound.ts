import { honest, nothing, nothingSent } from '../support/shapes';
import type { Trick, World } from '../support/trick';

const BUNDLE = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: bound }
spec:
  tenants: [red, blue]
  include: [{ file: blue.yaml, scope: { tenant: blue } }]
`;

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: shared }
spec:
  providers:
    - id: acme
      claims: { training_opt_out: true, gdpr: true }
      credentials: [{ id: ours, owner: operator }, { id: theirs, owner: customer }]
      endpoints: [{ id: acme-de, base_url: 'https://de.acme.example/v1' }]
      targets:
        - { id: acme/chat, model: chat, serves: [chat], endpoint: acme-de, credential: ours }
        - { id: acme/open, model: open, serves: [open] }
        - { id: acme/second, model: second, serves: [second], endpoint: acme-de, credential: ours }
    - id: gate
      claims: { training_opt_out: true, gdpr: true }
      targets: [{ id: gate/auto, model: auto, serves: [auto] }]
    - id: routes
      claims: { training_opt_out: true, gdpr: true, nested_gateway: true }
      targets: [{ id: routes/chat, model: chat, serves: [routed] }]
    - id: banned
      claims: { training_opt_out: true, gdpr: true }
      targets: [{ id: banned/chat, model: chat, serves: [banned] }]
`;

const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec:
  providers: { deny: [banned] }
  requirements: { require_no_training: true, gdpr: true }
`;

/** The file of one tenant, which somebody of the tenant writes. */
const blue = (providers: string): string => `apiVersion: ambit/v1
kind: Catalog
metadata: { name: blue }
spec:
  providers:
    - ${providers}
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: blue }
spec: { requirements: { gdpr: true } }
`;

const HARMLESS = blue('{ id: private, claims: { gdpr: true }, targets: [{ model: chat }] }');

const RULE =
  'A bound file’s statements satisfy only its own policies; all others judge by what unbound files say.';

type SentRow = readonly [
  id: string,
  providers: string,
  candidate: Readonly<Record<string, string>>,
  code: string,
  trick: string,
];

const sent = ([id, providers, candidate, code, trick]: SentRow): Trick => ({
  id,
  trick,
  rule: RULE,
  laws: ['L12', 'L13'],
  files: { 'blue.yaml': blue(providers) },
  context: { tenant: 'blue' },
  candidates: [{ ref: 'x', ...candidate }],
  closed: [nothingSent(code), { on: ['file'], eligible: [], code }],
  cannot: { list: 'no candidates', check: 'no candidates', models: 'no candidates' },
});

type EverywhereRow = readonly [
  id: string,
  providers: string,
  model: string,
  target: string,
  code: string,
  block: string,
  trick: string,
];

const everywhere = ([id, providers, model, target, code, block, trick]: EverywhereRow): Trick => ({
  id,
  trick,
  rule: RULE,
  laws: ['L12', 'L13'],
  files: { 'blue.yaml': blue(providers) },
  context: { tenant: 'blue', model },
  candidates: [target],
  closed: [...nothing(code, block), { on: ['file'], eligible: [], code }],
  cannot: {},
});

export const BOUND: World = {
  name: 'bound',
  title: 'Files that are bound to a tenant',
  about:
    'A tenant has a file of its own, in which it may declare what it likes. Everybody’s policy demands no training and the GDPR.',
  files: {
    'bundle.yaml': BUNDLE,
    'blue.yaml': HARMLESS,
    'catalog.yaml': CATALOG,
    'policy.yaml': POLICY,
  },
  controls: {
    plain: honest({ tenant: 'blue', model: 'second' }, ['acme/second'], ['acme/second']),
  },
  tricks: [
    sent([
      'own-credential',
      '{ id: acme, credentials: [{ id: sk-blue, owner: operator }] }',
      { provider: 'acme', model: 'open', credential: 'sk-blue' },
      'claim_unknown',
      'The tenant’s file declares a key of its own as the operator’s.',
    ]),
    sent([
      'credential-taken-over',
      '{ id: acme, credentials: [{ id: theirs, owner: operator }] }',
      { provider: 'acme', model: 'open', credential: 'theirs' },
      'claim_unknown',
      'The tenant’s file declares a customer’s key once more, as the operator’s.',
    ]),
    sent([
      'own-endpoint',
      "{ id: acme, endpoints: [{ id: acme-blue, base_url: 'https://blue.example/v1' }] }",
      { provider: 'acme', model: 'open', credential: 'ours', endpoint: 'https://blue.example/v1' },
      'claim_unknown',
      'The tenant’s file declares an address of its own as the provider’s.',
    ]),
    sent([
      'own-endpoint-by-id',
      "{ id: acme, endpoints: [{ id: acme-blue, base_url: 'https://blue.example/v1' }] }",
      { provider: 'acme', model: 'open', credential: 'ours', endpoint: 'acme-blue' },
      'claim_unknown',
      'The same, and the candidate names it by its id.',
    ]),
    everywhere([
      'same-id',
      '{ id: acme, targets: [{ id: acme/chat, model: cheap, serves: [chat] }] }',
      'chat',
      'acme/chat',
      'conflicting_target',
      'conflicting_target',
      'The tenant’s file declares a shared id as another model.',
    ]),
    everywhere([
      'banned-model-unbanned',
      '{ id: banned, claims: { gdpr: true, training_opt_out: true } }',
      'banned',
      'banned/chat',
      'provider_denied',
      'provider_not_allowed',
      'The tenant’s file declares the banned provider once more, as its own.',
    ]),
    everywhere([
      'own-nesting',
      '{ id: routes, claims: { nested_gateway: false } }',
      'routed',
      'routes/chat',
      'nested_gateway',
      'provider_not_allowed',
      'The tenant’s file says that a gateway routes nowhere.',
    ]),
    everywhere([
      'own-alias',
      '{ id: fresh, claims: { gdpr: true, training_opt_out: true }, targets: [{ id: fresh/chat, model: chat, serves: [fresh] }] }',
      'fresh',
      'fresh/chat',
      'claim_unknown',
      'no_compliant_provider',
      'The tenant’s file declares the banned provider under another name, with all claims.',
    ]),
    everywhere([
      'own-reach',
      '{ id: gate, targets: [{ id: gate/auto, model: auto, reaches: [acme/chat] }] }',
      'auto',
      'gate/auto',
      'unknown_target',
      'unknown_target',
      'The tenant’s file says that a router reaches nothing but good targets.',
    ]),
  ],
};
