import { honest, IN_FILE, IN_REQUEST, nothing, refused, SENT } from '../support/shapes';
import type { Trick, World } from '../support/trick';

const BUNDLE = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: root }
spec:
  scope_values: { team: [search, ads, shop] }
`;

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: defaults }
spec:
  providers:
    - id: acme
      claims: { training_opt_out: true, gdpr: true, soc2: type2, retention_days: 0 }
      targets: [{ model: chat, serves: [chat, both] }]
    - id: partly
      claims: { training_opt_out: true, gdpr: false, retention_days: 5 }
      targets: [{ model: chat, serves: [part, both] }]
    - id: trains
      claims: { training_opt_out: false, gdpr: true }
      targets: [{ model: chat, serves: [trains] }]
    - id: denied
      claims: { training_opt_out: true, gdpr: true }
      targets: [{ model: chat, serves: [denied] }]
`;

const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: search }
spec:
  scope: { team: [search] }
  requirements: { require_no_training: true }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: advice }
spec:
  mode: warn
  scope: { team: [search] }
  providers: { deny: [denied] }
  requirements: { gdpr: true }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: planned }
spec:
  mode: shadow
  requirements: { require_no_training: true }
`;

const OPEN = BUNDLE.replace('spec:\n', 'spec:\n  default: allow\n');

const policy = (name: string, spec: string): string => `apiVersion: ambit/v1
kind: Policy
metadata: { name: ${name} }
spec: ${spec}
`;

type OfTeamRow = readonly [
  id: string,
  team: string | undefined,
  model: string,
  target: string,
  trick: string,
  rule: string,
  code: string,
  block: string,
  more?: Partial<Trick>,
];

/** A request of a team, for a target that it may not have. */
const ofTeam = ([
  id,
  team,
  model,
  target,
  trick,
  rule,
  code,
  block,
  more = {},
]: OfTeamRow): Trick => ({
  id,
  trick,
  rule,
  laws: ['L9', 'L10'],
  context: { ...(team === undefined ? {} : { scope: { team } }), model },
  candidates: [target],
  closed: [...nothing(code, block), { on: ['file'], eligible: [], code }],
  cannot: {},
  ...more,
});

export const DEFAULTS: World = {
  name: 'defaults',
  title: 'Policies that are missing, only warn or only watch',
  about:
    'One team has a policy that enforces and one that warns. Another policy only watches. The other teams have none.',
  files: { 'bundle.yaml': BUNDLE, 'catalog.yaml': CATALOG, 'policy.yaml': POLICY },
  controls: {
    plain: honest({ scope: { team: 'search' }, model: 'chat' }, ['acme/chat'], ['acme/chat']),
    open: honest({ scope: { team: 'ads' }, model: 'chat' }, ['acme/chat'], ['acme/chat']),
    warned: honest({ scope: { team: 'search' }, model: 'part' }, ['partly/chat'], ['partly/chat']),
  },
  tricks: [
    ofTeam([
      'no-policy',
      'ads',
      'chat',
      'acme/chat',
      'The request comes from a team for which nobody wrote a policy.',
      'Where no policy applies, the request is blocked.',
      'no_policy_applies',
      'no_policy_applies',
    ]),
    ofTeam([
      'only-shadow',
      'shop',
      'trains',
      'trains/chat',
      'The only policy that applies is one that watches.',
      'A shadow policy does not count as one that applies.',
      'no_policy_applies',
      'no_policy_applies',
    ]),
    ofTeam([
      'team-left-out',
      undefined,
      'chat',
      'acme/chat',
      'The team is left out, so that the policies of all teams seem to apply.',
      'A missing key restricts, and is no policy that applies.',
      'no_policy_applies',
      'no_policy_applies',
    ]),
    ofTeam([
      'default-allow',
      'search',
      'trains',
      'trains/chat',
      'The root file says `default: allow`, as if it were for everybody.',
      'The default is for requests to which no policy applies; where one does, it decides.',
      'claim_contrary',
      'no_compliant_provider',
      { files: { 'bundle.yaml': OPEN }, laws: ['L10'], control: 'open' },
    ]),
    ofTeam([
      'default-allow-gap',
      undefined,
      'trains',
      'trains/chat',
      'With `default: allow`, the team is left out.',
      'A missing key restricts all the same.',
      'claim_contrary',
      'no_compliant_provider',
      { files: { 'bundle.yaml': OPEN }, laws: ['L3', 'L10'], control: 'open' },
    ]),
    ofTeam([
      'default-allow-unknown',
      'ads',
      'anything',
      'nobody/chat',
      'With `default: allow` and no policy, a target is asked for that nobody declared.',
      'An unknown target is unknown under every default.',
      'unknown_target',
      'unknown_model',
      {
        files: { 'bundle.yaml': OPEN },
        laws: ['L1', 'L10'],
        control: 'open',
        closed: [
          { on: ['file', ...SENT], eligible: [], code: 'unknown_target' },
          { on: ['list', 'check', 'models'], eligible: [], code: 'unknown_model' },
        ],
      },
    ]),
    ofTeam([
      'warn-against-enforce',
      'search',
      'trains',
      'trains/chat',
      'A warn policy gives way, in the hope that the others do, too.',
      'Only the warn policy’s own requirements give way; what is left lies within what enforcing ones leave.',
      'claim_contrary',
      'no_compliant_provider',
    ]),
    ofTeam([
      'warn-list',
      'search',
      'denied',
      'denied/chat',
      'The deny list stands in a policy that warns.',
      'Lists always enforce.',
      'provider_denied',
      'provider_not_allowed',
      { control: 'warned' },
    ]),
    ofTeam([
      'warn-unknown',
      'search',
      'anything',
      'nobody/chat',
      'Under a warn policy, an unknown target is asked for.',
      'Unknown targets never give way.',
      'unknown_target',
      'unknown_model',
      {
        control: 'warned',
        closed: [
          { on: ['file', ...SENT], eligible: [], code: 'unknown_target' },
          { on: ['list', 'check', 'models'], eligible: [], code: 'unknown_model' },
        ],
      },
    ]),
    {
      id: 'warn-then-filter',
      trick:
        'The request filters out whoever meets the warn policy, so that it would have to give way for the rest.',
      rule: 'Warn is settled over all candidates, before request filters, which then only shrink that.',
      laws: ['L9'],
      context: { scope: { team: 'search' }, model: 'both', preferences: { ignore: ['acme'] } },
      candidates: ['acme/chat', 'partly/chat'],
      closed: [
        { on: [...SENT, 'list'], eligible: [], code: 'claim_contrary' },
        { on: ['check'], eligible: [], code: 'no_compliant_provider' },
      ],
      cannot: { ...IN_REQUEST, models: 'no preferences' },
      control: 'warned',
    },
    {
      id: 'default-in-second-root',
      trick: 'A second root file says `default: allow`.',
      rule: 'A set has one root file: the set is refused.',
      laws: ['L10'],
      closed: [refused('second_bundle', { 'more.yaml': OPEN.replace('name: root', 'name: more') })],
      cannot: IN_FILE,
    },
    {
      id: 'default-in-policy',
      trick: 'A policy says `default: allow`.',
      rule: 'Only the root file may: an unknown key is an error.',
      laws: ['L10'],
      closed: [
        refused('unknown_key', {
          'more.yaml': policy('more', '{ default: allow, requirements: { gdpr: true } }'),
        }),
      ],
      cannot: IN_FILE,
    },
    {
      id: 'wildcard-allow',
      trick: 'A policy allows everybody by a wildcard, `*`.',
      rule: 'A name stands for itself: the file is refused.',
      laws: ['L12'],
      closed: [
        refused('invalid_text', { 'more.yaml': policy('more', "{ providers: { allow: ['*'] } }") }),
      ],
      cannot: IN_FILE,
    },
    {
      id: 'allow-against-deny',
      trick: 'A policy of one’s own allows by name whom another one denies.',
      rule: 'Policies only narrow: deny lists unite, and an allow list lifts nothing.',
      laws: ['L3'],
      files: { 'more.yaml': policy('more', '{ providers: { allow: [denied, acme] } }') },
      context: { scope: { team: 'search' }, model: 'denied' },
      candidates: ['denied/chat'],
      closed: [
        ...nothing('provider_denied', 'provider_not_allowed'),
        { on: ['file'], eligible: [], code: 'provider_denied' },
      ],
      cannot: {},
    },
    {
      id: 'looser-policy',
      trick: 'A narrower policy states looser bounds for one team.',
      rule: 'A narrower scope only shrinks what a wider one left: bounds take the minimum.',
      laws: ['L3'],
      files: {
        'more.yaml': `${policy('strict', '{ requirements: { max_retention_days: 0 } }')}---
${policy('loose', '{ scope: { team: [search] }, requirements: { max_retention_days: 90 } }')}`,
      },
      context: { scope: { team: 'search' }, model: 'part' },
      candidates: ['partly/chat'],
      closed: [
        ...nothing('claim_contrary', 'no_compliant_provider'),
        { on: ['file'], eligible: [], code: 'claim_contrary' },
      ],
      cannot: {},
    },
    {
      id: 'empty-allow',
      trick: 'An allow list is present and empty, which could be read as no list.',
      rule: 'An empty list is an error of a native file.',
      laws: ['L4'],
      closed: [
        refused('empty_list', { 'more.yaml': policy('more', '{ providers: { allow: [] } }') }),
      ],
      cannot: IN_FILE,
    },
    {
      id: 'misspelt-ban',
      trick: 'A ban is misspelt, and so bans nobody.',
      rule: 'A deny entry that matches nothing is an error of a native file.',
      laws: ['L12'],
      closed: [
        refused('deny_matches_nothing', {
          'more.yaml': policy('more', '{ providers: { deny: [partyl] } }'),
        }),
      ],
      cannot: IN_FILE,
    },
    {
      id: 'policy-without-rules',
      trick:
        'A policy that states nothing is added for the team that has none, so that one applies.',
      rule: 'A policy that states nothing is an error of the file.',
      laws: ['L10'],
      closed: [
        refused('states_nothing', { 'more.yaml': policy('more', '{ scope: { team: [ads] } }') }),
      ],
      cannot: IN_FILE,
    },
  ],
};
