import { callerOf } from '../../contract/support/callers';
import { honest, IN_FILE, IN_REQUEST, nothing, refused, SENT } from '../support/shapes';
import type { Ask, Json, Trick, World } from '../support/trick';

const BUNDLE = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: scopes }
spec:
  tenants: [red, blue, green]
  scope_values: { data_class: [public, health] }
  include: [{ file: blue.yaml, scope: { tenant: blue } }]
`;

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: shared }
spec:
  providers:
    - id: acme
      claims: { training_opt_out: true, retention_days: 0 }
      targets: [{ model: chat, serves: [chat] }]
    - id: keeps
      claims: { training_opt_out: true, retention_days: 30 }
      targets: [{ model: chat, serves: [kept] }]
`;

const BLUE = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: blue }
spec:
  providers:
    - id: private
      claims: { training_opt_out: true, retention_days: 0 }
      targets: [{ model: chat, serves: [private] }]
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: blue }
spec:
  requirements: { require_no_training: true }
`;

const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec:
  requirements: { require_no_training: true }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: health }
spec:
  scope: { data_class: [health] }
  requirements: { max_retention_days: 0 }
`;

const PUBLIC = { tenant: 'red', scope: { data_class: 'public' } };
const KEPT = ['keeps/chat'];

type ScopedRow = readonly [
  id: string,
  context: Json,
  trick: string,
  rule: string,
  code: string,
  block?: string,
  laws?: readonly string[],
];

/** A request for what keeps prompts, which only public data may go to. */
const scoped = ([
  id,
  context,
  trick,
  rule,
  code,
  block = code,
  laws = ['L3'],
]: ScopedRow): Trick => ({
  id,
  trick,
  rule,
  laws,
  context: { model: 'kept', ...context },
  candidates: KEPT,
  closed: nothing(code, block),
  cannot: IN_REQUEST,
  control: 'public',
});

/** Who asks says that it is another tenant, in a way that counts nowhere. */
const forged = (id: string, check: Ask['check'], trick: string): Trick => ({
  id,
  trick,
  rule: 'Nothing that an end client writes chooses tenant or scope; what the configuration says is asked about.',
  laws: ['L3'],
  context: { tenant: 'red', model: 'private' },
  closed: [
    {
      on: ['check'],
      ...(check === undefined ? {} : { check }),
      eligible: [],
      code: 'unknown_model',
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
});

export const SCOPES: World = {
  name: 'scopes',
  title: 'Tenants and scopes',
  about:
    'Data of health may be kept nowhere. One tenant has a file of its own. The caller may speak for two of three tenants.',
  files: {
    'bundle.yaml': BUNDLE,
    'blue.yaml': BLUE,
    'catalog.yaml': CATALOG,
    'policy.yaml': POLICY,
  },
  service: {
    listeners: [{ address: '127.0.0.1:0', insecure: false, caller: 'gateway' }],
    httpListeners: [{ address: '127.0.0.1:0', insecure: false, caller: 'gateway' }],
    callers: [callerOf('gateway', { tenants: ['red', 'blue'], scopes: 'any' })],
  },
  controls: {
    plain: honest({ tenant: 'red', model: 'chat' }, ['acme/chat'], ['acme/chat', 'keeps/chat']),
    public: honest({ ...PUBLIC, model: 'kept' }, KEPT, KEPT),
    blue: honest({ tenant: 'blue', model: 'chat' }, ['acme/chat'], ['acme/chat']),
  },
  tricks: [
    {
      id: 'tenant-of-another',
      trick: 'The caller speaks for a tenant that it may not speak for.',
      rule: 'The configuration says which tenants a caller may claim; more is refused.',
      laws: ['L1'],
      context: { tenant: 'green', model: 'chat' },
      candidates: ['acme/chat'],
      closed: [
        { on: ['decide', 'stream', 'list'], eligible: [], code: 'PERMISSION_DENIED' },
        { on: ['check'], eligible: [], code: 'unknown_tenant' },
        { on: ['models'], eligible: [], code: 'permission_denied' },
      ],
      cannot: { ...IN_REQUEST, cli: 'no caller' },
    },
    {
      id: 'tenant-left-out',
      trick: 'The caller may speak for several tenants, and names none.',
      rule: 'A bundle that declares tenants blocks a request without one.',
      laws: ['L1'],
      context: { model: 'chat' },
      candidates: ['acme/chat'],
      closed: nothing('tenant_required'),
      cannot: IN_REQUEST,
    },
    {
      id: 'tenant-empty',
      trick: 'The tenant is an empty text.',
      rule: 'Empty is not absent: it is nobody’s name.',
      laws: ['L4'],
      context: { tenant: '', model: 'chat' },
      candidates: ['acme/chat'],
      closed: [
        { on: ['decide', 'stream', 'list'], eligible: [], code: 'PERMISSION_DENIED' },
        { on: ['check'], eligible: [], code: 'unknown_tenant' },
        { on: ['models'], eligible: [], code: 'permission_denied' },
        { on: ['cli'], eligible: [], code: 'unknown_tenant' },
      ],
      cannot: IN_REQUEST,
    },
    {
      id: 'tenant-as-scope',
      trick: 'The caller names one of its tenants, and another one as the scope key `tenant`.',
      rule: 'The tenant is no scope key: what is asked about stays with the tenant.',
      laws: ['L3'],
      context: { tenant: 'red', scope: { tenant: 'blue' }, model: 'private' },
      candidates: ['private/chat'],
      closed: [
        { on: SENT, eligible: [], code: 'unknown_target' },
        { on: ['list'], eligible: [], code: 'unknown_model' },
        { on: ['models'], eligible: [], code: 'invalid_argument' },
      ],
      cannot: { ...IN_REQUEST, check: 'one name' },
    },
    {
      id: 'tenant-in-capitals',
      trick: 'The tenant is written in other letters, so that no policy of its own matches.',
      rule: 'A tenant that nobody declared is refused.',
      laws: ['L1'],
      context: { tenant: 'RED', model: 'chat' },
      candidates: ['acme/chat'],
      closed: [
        { on: ['decide', 'stream', 'list'], eligible: [], code: 'PERMISSION_DENIED' },
        { on: ['check'], eligible: [], code: 'unknown_tenant' },
        { on: ['models'], eligible: [], code: 'permission_denied' },
        { on: ['cli'], eligible: [], code: 'unknown_tenant' },
      ],
      cannot: IN_REQUEST,
    },
    forged(
      'tenant-by-header',
      { headers: { 'x-ambit-tenant': 'blue', 'x-tenant': 'blue' } },
      'The client writes another tenant into a header.',
    ),
    forged(
      'tenant-by-body',
      { body: { model: 'private', metadata: { tenant: 'blue' }, user: 'blue', tenant: 'blue' } },
      'The client writes another tenant into the body.',
    ),
    forged(
      'tenant-by-path',
      { path: '/v1/chat/completions?tenant=blue' },
      'The client writes another tenant behind the path.',
    ),
    {
      id: 'file-of-another-tenant',
      trick: 'A target is asked for that only another tenant’s file declares.',
      rule: 'A bound file’s targets exist only where its scope matches.',
      laws: ['L3', 'L12'],
      context: { tenant: 'red', model: 'private' },
      candidates: ['private/chat'],
      closed: [
        { on: ['file', ...SENT], eligible: [], code: 'unknown_target' },
        { on: ['list', 'check', 'models'], eligible: [], code: 'unknown_model' },
      ],
      cannot: {},
    },
    {
      id: 'own-file-own-claims',
      trick:
        'A tenant’s own file declares a target, with the claims that everybody’s policy asks for.',
      rule: 'A bound file’s claims satisfy only its own policies.',
      laws: ['L3', 'L13'],
      context: { tenant: 'blue', model: 'private' },
      candidates: ['private/chat'],
      closed: [
        ...nothing('claim_unknown', 'no_compliant_provider'),
        { on: ['file'], eligible: [], code: 'claim_unknown' },
      ],
      cannot: {},
      control: 'blue',
    },
    {
      id: 'own-file-better-claims',
      trick: 'A tenant’s own file states better claims for a provider that everybody shares.',
      rule: 'A bound file’s claims satisfy only its own policies; a different value makes the claim conflicting.',
      laws: ['L1', 'L13'],
      files: {
        'blue.yaml': `${BLUE}---
apiVersion: ambit/v1
kind: Catalog
metadata: { name: blue-better }
spec: { providers: [{ id: keeps, claims: { training_opt_out: true, retention_days: 0 } }] }
`,
      },
      context: { tenant: 'blue', scope: { data_class: 'health' }, model: 'kept' },
      candidates: KEPT,
      closed: [
        ...nothing('claim_conflicting', 'no_compliant_provider'),
        { on: ['file'], eligible: [], code: 'claim_conflicting' },
      ],
      cannot: {},
      control: 'blue',
    },
    scoped([
      'key-left-out',
      { tenant: 'red' },
      'The request leaves out the key by which the strict policy is scoped.',
      'A missing key counts as a match that restricts.',
      'claim_contrary',
      'no_compliant_provider',
    ]),
    scoped([
      'key-misspelt',
      { tenant: 'red', scope: { data_clas: 'public' } },
      'The key is misspelt, and its value is the harmless one.',
      'A key that nothing names changes nothing; the real one is missing, which restricts.',
      'claim_contrary',
      'no_compliant_provider',
    ]),
    scoped([
      'value-unknown',
      { tenant: 'red', scope: { data_class: 'nonsense' } },
      'The key has a value that no policy names.',
      'A value outside the declared ones blocks.',
      'unknown_scope',
    ]),
    scoped([
      'value-in-capitals',
      { tenant: 'red', scope: { data_class: 'Health' } },
      'The value is written in other letters, so that the policy does not match.',
      'A value outside the declared ones blocks.',
      'unknown_scope',
    ]),
    scoped([
      'value-empty',
      { tenant: 'red', scope: { data_class: '' } },
      'The value is an empty text.',
      'Empty is a value, and none of the declared ones.',
      'unknown_scope',
      'unknown_scope',
      ['L3', 'L4'],
    ]),
    scoped([
      'value-with-space',
      { tenant: 'red', scope: { data_class: 'public health' } },
      'The value holds two declared ones.',
      'A value is compared whole.',
      'unknown_scope',
    ]),
    {
      id: 'scope-of-policy-misspelt',
      trick:
        'The strict policy is for a value that the bundle does not declare, so that it never applies.',
      rule: 'A policy’s values must be declared: the set is refused.',
      laws: ['L1', 'L3'],
      closed: [
        refused('unknown_scope_value', { 'policy.yaml': POLICY.replace('[health]', '[helth]') }),
      ],
      cannot: IN_FILE,
    },
    {
      id: 'include-misspelt',
      trick: 'A file with strict rules is bound to a tenant that does not exist.',
      rule: 'What a bundle binds to must be declared: the set is refused.',
      laws: ['L1', 'L3'],
      closed: [
        refused('unknown_value', { 'bundle.yaml': BUNDLE.replace('tenant: blue', 'tenant: bleu') }),
      ],
      cannot: IN_FILE,
    },
  ],
};
