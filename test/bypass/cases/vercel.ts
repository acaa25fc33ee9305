import {
  honest,
  IN_CANDIDATE,
  IN_FILE,
  nothing,
  nothingSent,
  refused,
  SENT,
} from '../support/shapes';
import type { Trick, World } from '../support/trick';

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: vercel }
spec:
  providers:
    - id: openai
      claims: { zero_data_retention: true, training_opt_out: true }
      credentials: [{ id: team, owner: operator }, { id: own, owner: customer }]
      targets: [{ id: openai/gpt, model: gpt, serves: [gpt, openai/gpt], credential: team }]
    - id: deepseek
      claims: { zero_data_retention: true, training_opt_out: true }
      targets: [{ id: deepseek/v4, model: deepseek/v4, serves: [v4] }, { id: deepseek/gpt, model: openai/gpt, serves: [gpt-by-deepseek] }]
    - id: newcomer
      claims: { zero_data_retention: true, training_opt_out: true }
      targets: [{ id: newcomer/gpt, model: openai/gpt, serves: [gpt-by-newcomer] }]
    - id: google-vertex
      claims: { zero_data_retention: true }
      targets: [{ id: vertex/gpt, model: openai/gpt, serves: [gpt-by-vertex] }]
    - id: azure
      claims: { zero_data_retention: true, training_opt_out: true }
      targets: [{ id: azure/other, model: other, serves: [other] }, { id: azure/gpt, model: gpt, serves: [openai/gpt, gpt-by-azure] }]
`;

const SETTINGS = `vercel:
  team:
    name: acme
    allowlist_on: true
    disabled: [deepseek]
    as_of: 2026-06-01
    providers: [openai, deepseek, azure, vertex]
    model_allowlist: [openai/gpt, deepseek/v4]
    zdr: true
`;

type KeptRow = readonly [
  id: string,
  model: string,
  target: string,
  trick: string,
  rule: string,
  code: string,
  block: string,
  laws: readonly string[],
  more?: Partial<Trick>,
];

const kept = ([id, model, target, trick, rule, code, block, laws, more = {}]: KeptRow): Trick => ({
  id,
  trick,
  rule,
  laws,
  context: { model },
  candidates: [target],
  closed: [...nothing(code, block, 'no_providers_available'), { on: ['file'], eligible: [], code }],
  cannot: {},
  ...more,
});

const LIST = ['provider_not_allowed', 'provider_not_allowed'] as const;

export const VERCEL: World = {
  name: 'vercel',
  title: 'Settings of Vercel’s AI Gateway',
  about:
    'The team has switched DeepSeek off on a day on which it knew four providers, allows two models, and demands zero retention.',
  files: { 'catalog.yaml': CATALOG, 'team.yaml': SETTINGS },
  controls: {
    plain: honest({ model: 'gpt' }, ['openai/gpt'], ['openai/gpt']),
    key: [
      {
        on: SENT,
        candidates: [{ target: 'openai/gpt', credential: 'team' }],
        eligible: ['openai/gpt'],
      },
    ],
  },
  tricks: [
    kept([
      'catalogued-later',
      'gpt-by-newcomer',
      'newcomer/gpt',
      'A provider is catalogued after the day of the settings, and nobody switched it off.',
      'What stood in neither list on that day is off.',
      ...LIST,
      ['L3'],
    ]),
    kept([
      'switched-off',
      'v4',
      'deepseek/v4',
      'The model is on the list of models, and its provider is off.',
      'Both lists hold.',
      'provider_denied',
      'provider_not_allowed',
      ['L3'],
    ]),
    kept([
      'same-model-elsewhere',
      'gpt-by-deepseek',
      'deepseek/gpt',
      'The provider that is off serves a model that is allowed.',
      'The list is about who serves, not what.',
      'provider_denied',
      'provider_not_allowed',
      ['L12'],
    ]),
    kept([
      'served-name',
      'gpt-by-azure',
      'azure/gpt',
      'The target is asked for by an allowed model’s name, and its own model is another.',
      'What is judged is the target’s own model, not what it serves.',
      'model_not_allowed',
      'model_not_allowed',
      ['L6'],
    ]),
    kept([
      'retention-without-training',
      'gpt-by-vertex',
      'vertex/gpt',
      'The provider claims zero retention and is silent on training.',
      'The switch demands both, and neither stands in for the other.',
      'claim_unknown',
      'no_compliant_provider',
      ['L2'],
    ]),
    {
      id: 'own-key',
      trick: 'The request goes out under the customer’s own key.',
      rule: 'BYOK traffic is under every rule, and the operator’s claims do not reach it.',
      laws: ['L13'],
      candidates: [{ target: 'openai/gpt', credential: 'own' }],
      closed: [nothingSent('claim_unknown')],
      cannot: IN_CANDIDATE,
      control: 'key',
    },
    kept([
      'in-other-letters',
      'v5',
      'shout/v5',
      'The provider that is off is catalogued once more in capitals.',
      'What is off ignores case.',
      'provider_denied',
      'provider_not_allowed',
      ['L12'],
      {
        files: {
          'more.yaml': `apiVersion: ambit/v1
kind: Catalog
metadata: { name: more }
spec: { providers: [{ id: DeepSeek, claims: { zero_data_retention: true, training_opt_out: true }, targets: [{ id: shout/v5, model: openai/gpt, serves: [v5] }] }] }
`,
        },
      },
    ]),
    {
      id: 'misspelt-off',
      trick: 'What is to be off is misspelt, and so stays on.',
      rule: '`disabled` must be among `providers`: the file is refused.',
      laws: ['L1'],
      closed: [
        refused('unknown_value', { 'team.yaml': SETTINGS.replace('[deepseek]', '[deepseak]') }),
      ],
      cannot: IN_FILE,
    },
    {
      id: 'off-without-day',
      trick: 'What is off is stated without the day, so that new providers would be on.',
      rule: '`disabled` needs `as_of` and `providers`.',
      laws: ['L4'],
      closed: [
        refused('missing_key', { 'team.yaml': SETTINGS.replace('    as_of: 2026-06-01\n', '') }),
      ],
      cannot: IN_FILE,
    },
    {
      id: 'plan',
      trick: 'The settings say that the team has no plan that includes the list.',
      rule: 'Nothing depends on a plan: an unknown key is an error.',
      laws: ['L1'],
      closed: [
        refused('unknown_key', { 'team.yaml': SETTINGS.replace('name: acme', 'plan: hobby') }),
      ],
      cannot: IN_FILE,
    },
  ],
};
