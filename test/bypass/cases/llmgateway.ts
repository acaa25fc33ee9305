import { honest, IN_FILE, nothing, refused } from '../support/shapes';
import type { Trick, World } from '../support/trick';

const GOOD =
  "prompt_logging: false, retention_days: 0, soc2: type2, headquarters: [US], labels: { stealth: 'false' }";

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: llmgateway }
spec:
  providers:
    - id: openai
      claims: { training_opt_out: true, ${GOOD} }
      targets: [{ id: openai/gpt, model: gpt, serves: [gpt] }, { id: openai/banned, model: Banned, serves: [banned] }]
    - id: acme
      targets: [{ id: acme/gpt, model: gpt, serves: [acme-gpt] }]
    - id: amazon-bedrock
      claims: { training_opt_out: true, ${GOOD} }
      targets: [{ id: bedrock/gpt, model: gpt, serves: [bedrock-gpt] }]
    - id: hidden
      claims: { training_opt_out: true, prompt_logging: false, retention_days: 0, soc2: type2, headquarters: [US] }
      targets: [{ id: hidden/gpt, model: gpt, serves: [hidden-gpt] }]
    - id: promise
      claims: { training_opt_out: true, zero_data_retention: true, soc2: type2, headquarters: [US], labels: { stealth: 'false' } }
      targets: [{ id: promise/gpt, model: gpt, serves: [promised-gpt] }]
    - id: type-one
      claims: { training_opt_out: true, prompt_logging: false, retention_days: 0, soc2: type1, headquarters: [US], labels: { stealth: 'false' } }
      targets: [{ id: type-one/gpt, model: gpt, serves: [type-one-gpt] }]
    - id: two-seats
      claims: { training_opt_out: true, prompt_logging: false, retention_days: 0, soc2: type2, headquarters: [US, CN], labels: { stealth: 'false' } }
      targets: [{ id: two-seats/gpt, model: gpt, serves: [two-seats-gpt] }]
`;

const SETTINGS = `llmgateway:
  name: org
  policy:
    enabled: true
    requireSoc2Type2: true
    blockApiTraining: true
    zeroDataRetention: true
    blockStealthProviders: true
    blockedProviders: [AWS-Bedrock]
    blockedModels: [banned]
    allowedCountries: [US]
  customProviders:
    - name: acme
      attestation: { soc2: 2, apiTraining: false, promptLogging: false, retentionPeriod: 0 days, headquarters: US }
`;

/** The words of LLMGateway's block, which are the same whatever leads. */
const blockedFor = (model: string): string =>
  `This request was blocked by your organization's provider compliance policy. No available provider for ${model} meets the required certifications. Contact your LLMGateway admin to adjust the policy.`;

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

const kept = ([id, model, target, trick, rule, code, block, laws = ['L1']]: KeptRow): Trick => ({
  id,
  trick,
  rule,
  laws,
  context: { model },
  candidates: [target],
  closed: [...nothing(code, block, blockedFor(model)), { on: ['file'], eligible: [], code }],
  cannot: {},
});

type FileRow = readonly [
  id: string,
  trick: string,
  rule: string,
  finding: string,
  from: string,
  to: string,
];

const file = ([id, trick, rule, finding, from, to]: FileRow): Trick => ({
  id,
  trick,
  rule,
  laws: ['L1'],
  closed: [refused(finding, { 'org.yaml': SETTINGS.replace(from, to) })],
  cannot: IN_FILE,
});

export const LLMGATEWAY: World = {
  name: 'llmgateway',
  title: 'Compliance settings of LLMGateway',
  about:
    'The organisation demands SOC 2 Type 2, zero retention, no training, no hidden providers, seats in the United States, and bans Bedrock and one model.',
  files: { 'catalog.yaml': CATALOG, 'org.yaml': SETTINGS },
  controls: { plain: honest({ model: 'gpt' }, ['openai/gpt'], ['openai/gpt']) },
  tricks: [
    kept([
      'custom-like-catalogued',
      'acme-gpt',
      'acme/gpt',
      'The organisation attests everything of a provider of its own that has the name of a catalogued one.',
      'An attestation speaks for `custom:NAME` and never for the catalog’s provider.',
      'claim_unknown',
      'no_compliant_provider',
      ['L13'],
    ]),
    kept([
      'banned-by-another-name',
      'bedrock-gpt',
      'bedrock/gpt',
      'The ban has LLMGateway’s name of the provider, in other letters than the catalog’s.',
      'A ban holds in any case and under every name of the provider.',
      'provider_denied',
      'provider_not_allowed',
      ['L12'],
    ]),
    kept([
      'banned-model-in-capitals',
      'banned',
      'openai/banned',
      'The banned model is catalogued in other letters.',
      'What is denied ignores case.',
      'model_denied',
      'model_not_allowed',
      ['L12'],
    ]),
    kept([
      'silent-on-stealth',
      'hidden-gpt',
      'hidden/gpt',
      'The provider does not say whether it is a hidden one.',
      'Silence is unknown, and blocks.',
      'claim_unknown',
      'no_compliant_provider',
    ]),
    kept([
      'one-word-for-two',
      'promised-gpt',
      'promise/gpt',
      'The provider claims `zero_data_retention`, and neither logging nor days.',
      'The switch demands the two claims that it stands for.',
      'claim_unknown',
      'no_compliant_provider',
      ['L2'],
    ]),
    kept([
      'type-one',
      'type-one-gpt',
      'type-one/gpt',
      'The SOC 2 report is of Type 1.',
      'Type 2 is another report.',
      'claim_contrary',
      'no_compliant_provider',
    ]),
    kept([
      'second-seat',
      'two-seats-gpt',
      'two-seats/gpt',
      'One of the company’s seats is in an allowed country, its parent’s is not.',
      'Every seat must lie in the list.',
      'claim_contrary',
      'no_compliant_provider',
      ['L2'],
    ]),
    file([
      'licence',
      'The settings say that the licence does not include them.',
      'Nothing depends on a licence: an unknown key is an error.',
      'unknown_key',
      'enabled: true',
      'enabled: true\n    plan: free',
    ]),
    file([
      'switch-left-out',
      'The settings do not say whether they are on.',
      '`enabled` is required.',
      'missing_key',
      '    enabled: true\n',
      '',
    ]),
    file([
      'switch-as-text',
      'A switch is text, `"true"`, so that it could count as none.',
      'A switch is `true` or `false`.',
      'quoted_boolean',
      'blockApiTraining: true',
      "blockApiTraining: 'true'",
    ]),
    file([
      'countries-unknown',
      'A country is misspelt or is a region.',
      'Countries are codes of ISO 3166-1.',
      'unknown_value',
      '[US]',
      '[USA]',
    ]),
  ],
};
