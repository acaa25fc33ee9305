import { honest, IN_FILE, nothing, refused } from '../support/shapes';
import type { Trick, World } from '../support/trick';

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: openrouter }
spec:
  providers:
    - id: openai
      claims: { training_opt_out: true, zero_data_retention: true }
      targets:
        - { id: openai/gpt, model: gpt, serves: [gpt] }
        - { id: openai/dated, model: gpt-2026-01-01, serves: [dated] }
        - { id: openai/banned, model: banned, serves: [banned] }
        - { id: openai/free, model: 'banned:free', serves: ['free'] }
    - id: openai/priority
      claims: { training_opt_out: true, zero_data_retention: true }
      targets: [{ id: openai-priority/gpt, model: openai/gpt, serves: [fast-gpt] }]
    - id: mistral/flex
      claims: { training_opt_out: true, zero_data_retention: true }
      targets: [{ id: mistral-flex/gpt, model: openai/gpt, serves: [flex-gpt] }]
    - id: google-vertex
      claims: { training_opt_out: true, zero_data_retention: true }
      targets:
        - { id: vertex-eu, model: openai/gpt, serves: [eu-gpt], region: europe-west1 }
        - { id: vertex-us, model: openai/gpt, serves: [us-gpt], region: us-east5 }
    - id: azure
      claims: { training_opt_out: true }
      targets: [{ id: azure/gpt, model: openai/gpt, serves: [azure-gpt] }]
    - id: togetherai
      claims: { training_opt_out: true, zero_data_retention: true }
      targets: [{ id: together/gpt, model: openai/gpt, serves: [together-gpt] }]
`;

const SETTINGS = `openrouter:
  name: acme
  account:
    allowed_providers: [openai, mistral, mistral/flex, google-vertex/europe-west1, azure, together]
    ignored_providers: [mistral, TOGETHER]
    allowed_models: [openai/gpt, openai/banned, 'openai/banned:free']
    ignored_models: [openai/banned]
    enable_paid_model_training: false
  guardrails:
    - { name: research, enforce_zdr_openai: true }
`;

/** The words of OpenRouter's blocks. */
const SAID: Readonly<Record<string, string>> = {
  provider_not_allowed: 'No allowed providers are available for the selected model',
  model_not_allowed: 'No models match your request and model restrictions',
  no_compliant_provider: 'match your data policy (zero data retention)',
};

type KeptRow = readonly [
  id: string,
  model: string,
  target: string,
  trick: string,
  rule: string,
  code: string,
  block: string,
  laws?: readonly string[],
];

const kept = ([id, model, target, trick, rule, code, block, laws = ['L12']]: KeptRow): Trick => ({
  id,
  trick,
  rule,
  laws,
  context: { model },
  candidates: [target],
  closed: [...nothing(code, block, SAID[block]), { on: ['file'], eligible: [], code }],
  cannot: {},
});

type FileRow = readonly [
  id: string,
  trick: string,
  rule: string,
  finding: string,
  from: string,
  to: string,
  laws?: readonly string[],
];

const file = ([id, trick, rule, finding, from, to, laws = ['L1']]: FileRow): Trick => ({
  id,
  trick,
  rule,
  laws,
  closed: [refused(finding, { 'account.yaml': SETTINGS.replace(from, to) })],
  cannot: IN_FILE,
});

export const OPENROUTER: World = {
  name: 'openrouter',
  title: 'Accounts and guardrails of OpenRouter',
  about:
    'The account allows some providers and endpoints, ignores others, and one model; OpenAI’s models need zero retention.',
  files: { 'catalog.yaml': CATALOG, 'account.yaml': SETTINGS },
  controls: {
    plain: honest({ model: 'gpt' }, ['openai/gpt'], ['openai/gpt']),
    region: honest({ model: 'eu-gpt' }, ['vertex-eu'], ['vertex-eu']),
  },
  tricks: [
    kept([
      'tier-not-allowed',
      'fast-gpt',
      'openai-priority/gpt',
      'The request goes to a service tier of an allowed provider, `openai/priority`.',
      'A bare name does not allow a tier, which is a provider of its own.',
      'provider_not_allowed',
      'provider_not_allowed',
    ]),
    kept([
      'tier-of-ignored',
      'flex-gpt',
      'mistral-flex/gpt',
      'A tier of an ignored provider is allowed by its own name, `mistral/flex`.',
      'What is ignored is ignored with its tiers, and beats what is allowed.',
      'provider_denied',
      'provider_not_allowed',
    ]),
    {
      ...kept([
        'other-region',
        'us-gpt',
        'vertex-us',
        'The provider is allowed in one region, and the target is in another.',
        'A name with a suffix is that endpoint and never the provider as a whole.',
        'provider_not_allowed',
        'provider_not_allowed',
      ]),
      control: 'region',
    },
    kept([
      'ignored-in-other-letters',
      'together-gpt',
      'together/gpt',
      'What is ignored is written in capitals, and by OpenRouter’s own name of the provider.',
      'A ban holds in any case and under every name.',
      'provider_denied',
      'provider_not_allowed',
    ]),
    kept([
      'ignored-model',
      'banned',
      'openai/banned',
      'The model is both allowed and ignored.',
      'What is ignored is out, whatever is allowed.',
      'model_denied',
      'model_not_allowed',
      ['L3'],
    ]),
    kept([
      'variant-of-ignored',
      'free',
      'openai/free',
      'The ignored model is asked for as a variant, `banned:free`, which is on the list of allowed ones.',
      'A model is ignored with all its variants.',
      'model_denied',
      'model_not_allowed',
    ]),
    kept([
      'dated-name',
      'dated',
      'openai/dated',
      'The allowed model is asked for by a dated name.',
      'A dated name is not the undated one.',
      'model_not_allowed',
      'model_not_allowed',
    ]),
    kept([
      'author-elsewhere',
      'azure-gpt',
      'azure/gpt',
      'OpenAI’s model is served by a provider that claims nothing of retention.',
      'The demand is on the author’s models, whoever serves them.',
      'claim_unknown',
      'no_compliant_provider',
      ['L1'],
    ]),
    file([
      'star-in-guardrail',
      'A guardrail allows everybody by a wildcard.',
      'Names in guardrails stand for themselves.',
      'invalid_text',
      'name: research,',
      "name: research, allowed_models: ['*'],",
    ]),
    file([
      'against-itself',
      'Zero retention is on for all models, and off for one group.',
      'A shorthand against its opposite is an error.',
      'contradiction',
      'enforce_zdr_openai: true',
      'enforce_zdr: true, enforce_zdr_openai: false',
      ['L2'],
    ]),
    file([
      'misspelt-switch',
      'A switch is misspelt, and so demands nothing.',
      'An unknown key is an error.',
      'unknown_key',
      'enforce_zdr_openai',
      'enforce_zdr_open_ai',
    ]),
  ],
};
