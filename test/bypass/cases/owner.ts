import type { CallerTraits } from '../../../src/core/model/request';
import type { ServiceConfig } from '../../../src/ports/service-config';
import { callerOf } from '../../contract/support/callers';
import { honest, IN_CANDIDATE, IN_REQUEST, SENT } from '../support/shapes';
import type { Json, Trick, World } from '../support/trick';

const FILES = {
  'catalog.yaml': `apiVersion: ambit/v1
kind: Catalog
metadata: { name: owner }
spec:
  providers:
    - id: acme
      claims: { training_opt_out: true }
      targets: [{ model: chat, serves: [chat] }, { model: shop, serves: [shop] }]
    - id: banned
      aliases: [veto]
      claims: { training_opt_out: true }
      targets: [{ model: chat, serves: [banned] }]
    - id: amazon-bedrock
      claims: { training_opt_out: true }
      targets: [{ model: chat, serves: [rock] }]
`,
  'policy.yaml': `apiVersion: ambit/v1
kind: Bundle
metadata: { name: owner }
spec: { scope_values: { team: [search, ads] } }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: guard }
spec:
  providers: { deny: [banned, amazon-bedrock] }
  requirements: { require_no_training: true }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: ads }
spec: { scope: { team: [ads] }, models: { deny: [shop] } }
`,
} as const;

const TEAM = { scope: { team: 'search' } };
const CLAIMS = [{ name: 'training_opt_out', bool_value: true }];

/** One caller on every listener, which speaks for one team. */
const serviceOf = (traits: CallerTraits): Partial<ServiceConfig> => {
  const listeners = [{ address: '127.0.0.1:0', insecure: false, caller: 'gateway' }];
  const scopes = new Map([['team', ['search']]]);
  return {
    listeners,
    httpListeners: listeners,
    callers: [callerOf('gateway', { tenants: 'any', scopes, traits })],
  };
};

type OwnedRow = readonly [id: string, candidate: Json, code: string, trick: string, cli?: string];

const owned = ([id, candidate, code, trick, cli = code]: OwnedRow): Trick => ({
  id,
  trick,
  rule: 'A caller that owns its targets’ claims makes them known by what it names whole; lists judge them all the same.',
  laws: ['L3', 'L12', 'L13'],
  context: TEAM,
  candidates: [{ ref: 'x', claims: CLAIMS, ...candidate }],
  closed: [
    { on: ['decide', 'stream'], eligible: [], code },
    { on: ['cli'], eligible: [], code: cli },
  ],
  cannot: IN_CANDIDATE,
  control: 'owned',
});

export const OWNER: World = {
  name: 'owner',
  title: 'Callers that own claims, and what callers may say',
  about:
    'The caller is configured as the source of its targets’ claims and speaks for one team. One provider is denied.',
  files: FILES,
  service: serviceOf({ rewritesModel: true, ownsClaims: true }),
  controls: {
    plain: honest({ ...TEAM, model: 'chat' }, ['acme/chat'], ['acme/chat']),
    shop: honest({ ...TEAM, model: 'shop' }, ['acme/shop'], ['acme/shop']),
    owned: [
      {
        on: ['decide', 'stream'],
        context: TEAM,
        candidates: [{ ref: 'x', provider: 'own', model: 'own-model', claims: CLAIMS }],
        eligible: ['x'],
      },
      {
        on: ['cli'],
        context: TEAM,
        candidates: [{ ref: 'x', target: 'acme/chat', claims: CLAIMS }],
        eligible: ['x'],
      },
    ],
  },
  tricks: [
    owned([
      'owned-denied',
      { provider: 'banned', model: 'new' },
      'provider_denied',
      'The owner of claims declares a new model of a denied provider.',
    ]),
    owned([
      'owned-denied-case',
      { provider: 'BANNED', model: 'new' },
      'provider_denied',
      'The same in capitals.',
      'unknown_target',
    ]),
    owned([
      'owned-denied-unseen',
      { provider: 'ban\u200bned', model: 'new' },
      'provider_denied',
      'The same with a character that nobody sees.',
      'unknown_target',
    ]),
    owned([
      'owned-alias',
      { provider: 'veto', model: 'new' },
      'provider_denied',
      'The same by the provider’s alias.',
    ]),
    owned([
      'owned-without-model',
      { provider: 'own' },
      'unknown_target',
      'The owner of claims names a provider and no model.',
    ]),
    owned([
      'owned-by-id',
      { target: 'whatever' },
      'unknown_target',
      'The owner of claims names an id that nobody declared, and neither provider nor model.',
    ]),
    owned([
      'owned-silent',
      { provider: 'own', model: 'own-model', claims: [] },
      'unknown_target',
      'The owner of claims states none.',
    ]),
    owned([
      'owned-router',
      { provider: 'own', model: 'auto' },
      'unknown_target',
      'The owner of claims names a model that somebody else chooses.',
    ]),
    owned([
      'owned-twice',
      {
        provider: 'own',
        model: 'own-model',
        claims: [{ name: 'training_opt_out', bool_value: false }, ...CLAIMS],
      },
      'INVALID_ARGUMENT',
      'The owner of claims states one claim twice, in two ways.',
      'refused',
    ]),
    owned([
      'owned-expired',
      { provider: 'own', model: 'own-model', claims: [{ ...CLAIMS[0], expires_at: '2020-01-01' }] },
      'claim_expired',
      'The owner’s claim has ended.',
      'unknown_target',
    ]),
    owned([
      'owned-nested',
      {
        provider: 'own',
        model: 'own-model',
        claims: [...CLAIMS, { name: 'nested_gateway', string_value: 'routes_on' }],
      },
      'nested_gateway',
      'The owner’s own target routes on by itself.',
      'unknown_target',
    ]),
    {
      id: 'team-of-another',
      trick: 'The caller speaks for a team that it may not speak for, to be under other policies.',
      rule: 'The configuration says which scopes a caller may claim; more is refused.',
      laws: ['L1'],
      context: { scope: { team: 'ads' }, model: 'chat' },
      candidates: ['acme/chat'],
      closed: [
        { on: ['decide', 'stream', 'list'], eligible: [], code: 'PERMISSION_DENIED' },
        { on: ['check'], eligible: [], code: 'unknown_tenant' },
        { on: ['models'], eligible: [], code: 'permission_denied' },
      ],
      cannot: { ...IN_REQUEST, cli: 'no caller' },
    },
    {
      id: 'key-of-another',
      trick: 'The caller claims a scope key that it may not claim at all.',
      rule: 'A key that the configuration does not name may not be claimed.',
      laws: ['L1'],
      context: { scope: { team: 'search', tenant: 'root' }, model: 'chat' },
      candidates: ['acme/chat'],
      closed: [
        { on: ['decide', 'stream', 'list'], eligible: [], code: 'PERMISSION_DENIED' },
        { on: ['models'], eligible: [], code: 'invalid_argument' },
      ],
      cannot: { ...IN_REQUEST, cli: 'no caller', check: 'no caller' },
    },
    {
      id: 'team-left-out',
      trick: 'The team is left out, so that the list for another team is not seen.',
      rule: 'A caller’s only value is taken for it, or the missing key restricts.',
      laws: ['L3'],
      context: { model: 'shop' },
      candidates: ['acme/shop'],
      closed: [
        { on: [...SENT, 'list'], eligible: [], code: 'model_denied' },
        { on: ['check', 'models'], eligible: [], code: 'model_not_allowed' },
      ],
      cannot: IN_REQUEST,
      control: 'shop',
    },
    owned([
      'owned-denied-alias-case',
      { provider: 'VETO', model: 'new' },
      'provider_denied',
      'The owner of claims names a denied provider by its alias, in other letters.',
      'unknown_target',
    ]),
    owned([
      'owned-denied-dialect-name',
      { provider: 'bedrock', model: 'new' },
      'provider_denied',
      'The owner of claims names a denied provider by the name that gateways have for it.',
      'unknown_target',
    ]),
  ],
};

export const RELAY: World = {
  name: 'relay',
  title: 'Callers that do not rewrite models',
  about:
    'The caller sends the client’s body on as it is, so the name in it is what the provider will use.',
  files: FILES,
  service: serviceOf({ rewritesModel: false, ownsClaims: false }),
  controls: {
    plain: honest({ ...TEAM, model: 'chat' }, ['acme/chat'], ['acme/chat']),
  },
  tricks: [
    {
      id: 'name-not-rewritten',
      trick:
        'The caller sends the client’s name on, which is not that of the target that was judged.',
      rule: 'For a caller that does not rewrite, name and target’s model must be one.',
      laws: ['L6'],
      context: { ...TEAM, model: 'acme/chat' },
      candidates: ['acme/shop'],
      closed: [{ on: ['decide', 'stream'], eligible: [], code: 'model_mismatch' }],
      cannot: { ...IN_CANDIDATE, cli: 'no caller' },
    },
  ],
};
