import { honest, IN_FILE, nothing, refused, SENT } from '../support/shapes';
import type { Trick, World } from '../support/trick';

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: ngrok }
spec:
  providers:
    - id: openai
      claims: { training_opt_out: true, soc2: type2 }
      targets: [{ id: openai/gpt, model: gpt, serves: [gpt] }, { id: openai/claude, model: claude, serves: [openai-claude] }]
    - id: anthropic
      claims: { training_opt_out: true, soc2: type2 }
      targets: [{ id: anthropic/claude, model: claude, serves: [claude] }, { id: anthropic/old, model: old, serves: [old] }]
    - id: labelled
      claims: { training_opt_out: true }
      targets: [{ id: labelled/chat, model: chat, serves: [labelled-chat] }]
    - id: off
      claims: { training_opt_out: true, soc2: type2 }
      targets: [{ id: off/chat, model: chat, serves: [off-chat] }]
    - id: stranger
      claims: { training_opt_out: true, soc2: type2 }
      targets: [{ id: stranger/gpt, model: gpt, serves: [strange-gpt] }]
`;

const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: audited }
spec: { requirements: { soc2: true } }
`;

const GATEWAY = `on_http_request:
  - type: ai-gateway
    name: prod
    config:
      only_allow_configured_providers: true
      only_allow_configured_models: true
      providers:
        - id: openai
          models: [{ id: gpt, id_aliases: [openai-claude] }]
        - id: anthropic
          models: [{ id: claude }, { id: old, disabled: true }]
        - id: labelled
          metadata: { compliance: soc2, soc2: type2 }
          models: [{ id: chat }]
        - id: 'off'
          disabled: true
          models: [{ id: chat }]
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
];

const kept = ([id, model, target, trick, rule, code, block, laws]: KeptRow): Trick => ({
  id,
  trick,
  rule,
  laws,
  context: { model },
  candidates: [target],
  closed: [...nothing(code, block), { on: ['file'], eligible: [], code }],
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
  closed: [refused(finding, { 'prod.yaml': GATEWAY.replace(from, to) })],
  cannot: IN_FILE,
});

export const NGROK: World = {
  name: 'ngrok',
  title: 'Traffic policies of ngrok’s AI Gateway',
  about: 'The gateway allows a few models, each at its provider; another policy demands SOC 2.',
  files: { 'catalog.yaml': CATALOG, 'policy.yaml': POLICY, 'prod.yaml': GATEWAY },
  controls: { plain: honest({ model: 'gpt' }, ['openai/gpt'], ['openai/gpt']) },
  tricks: [
    kept([
      'label',
      'labelled-chat',
      'labelled/chat',
      'The provider carries the label `compliance: soc2`, which looks like the claim.',
      'A label is no claim and no rule.',
      'claim_unknown',
      'no_compliant_provider',
      ['L2'],
    ]),
    kept([
      'cross-product',
      'openai-claude',
      'openai/claude',
      'An allowed model is asked for at another allowed provider.',
      'Nested lists are pairs, never a cross product; an alias allows nothing.',
      'model_not_allowed',
      'model_not_allowed',
      ['L3'],
    ]),
    kept([
      'disabled-model',
      'old',
      'anthropic/old',
      'The model is configured, and disabled.',
      'What is disabled is denied.',
      'model_denied',
      'model_not_allowed',
      ['L3'],
    ]),
    kept([
      'disabled-provider',
      'off-chat',
      'off/chat',
      'The provider is configured, and disabled.',
      'What is disabled is denied.',
      'provider_denied',
      'provider_not_allowed',
      ['L3'],
    ]),
    kept([
      'not-configured',
      'strange-gpt',
      'stranger/gpt',
      'A provider that the gateway does not name has a model of an allowed name.',
      'The flag leaves only what is configured.',
      'provider_not_allowed',
      'provider_not_allowed',
      ['L12'],
    ]),
    {
      id: 'inline-label',
      trick: 'The caller sends the gateway’s label as a claim.',
      rule: 'A label satisfies only a requirement of that label.',
      laws: ['L2', 'L13'],
      candidates: [
        { target: 'labelled/chat', claims: [{ name: 'label:compliance', string_value: 'soc2' }] },
      ],
      closed: [{ on: SENT, eligible: [], code: 'claim_unknown' }],
      cannot: {
        file: 'in the request',
        list: 'no candidates',
        check: 'no candidates',
        models: 'no candidates',
      },
    },
    file([
      'alias-of-built-in',
      'A provider of one’s own takes the name of a built-in one as its alias.',
      'What one provider claims must not count for another: the file is refused.',
      'contradiction',
      'id: labelled',
      'id: labelled\n          id_aliases: [google]',
      ['L12'],
    ]),
    file([
      'built-in-elsewhere',
      'A built-in provider is configured at another address.',
      'A built-in provider at an address that is not its own is an error.',
      'contradiction',
      '- id: openai',
      '- id: openai\n          base_url: https://evil.example/v1',
      ['L13'],
    ]),
    file([
      'body-field',
      'The gateway adds fields to the request that choose another model.',
      'They would change what was decided about: the file is refused.',
      'contradiction',
      'only_allow_configured_models: true',
      'only_allow_configured_models: true\n      body: { model: stranger/gpt }',
    ]),
    file([
      'flag-as-text',
      'A flag is text.',
      'A flag is `true` or `false`.',
      'quoted_boolean',
      'providers: true',
      "providers: 'true'",
    ]),
    file([
      'flag-misspelt',
      'A flag is misspelt, and so restricts nothing.',
      'An unknown key is an error.',
      'unknown_key',
      'only_allow_configured_models',
      'only_allow_configured_model',
    ]),
    file([
      'wildcard-model',
      'A model is named by a wildcard.',
      'Names stand for themselves.',
      'invalid_text',
      'id: claude',
      "id: '*'",
    ]),
  ],
};
