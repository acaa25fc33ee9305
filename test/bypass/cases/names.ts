import {
  honest,
  IN_CANDIDATE,
  IN_FILE,
  IN_REQUEST,
  nothing,
  nothingSent,
  refused,
  SENT,
} from '../support/shapes';
import type { World } from '../support/trick';

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: names }
spec:
  providers:
    - id: openai
      claims: { training_opt_out: true }
      targets: [{ model: gpt-5, serves: [gpt-5, openai/gpt-5] }]
    - id: azure
      aliases: [az]
      claims: { training_opt_out: false }
      targets: [{ model: gpt-5, serves: [gpt-5, openai/gpt-5] }]
    - id: mistral
      claims: { training_opt_out: true }
      targets: [{ model: v3, serves: [v3] }]
    - id: deepseek
      aliases: [deep]
      claims: { training_opt_out: true }
      targets: [{ model: v3, serves: [v3, r1] }]
    - id: amazon-bedrock
      claims: { training_opt_out: false }
      targets: [{ model: nova, serves: [nova] }]
    - id: google-vertex
      claims: { training_opt_out: true }
      targets: [{ model: nova, serves: [nova] }]
`;

const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: guard }
spec:
  providers: { deny: [deepseek] }
  requirements: { require_no_training: true }
`;

/** The same name at everybody who has it. */
const GPT = ['openai/gpt-5', 'azure/gpt-5'];
const V3 = ['mistral/v3', 'deepseek/v3'];
const NOVA = ['amazon-bedrock/nova', 'google-vertex/nova'];

export const NAMES: World = {
  name: 'names',
  title: 'Names of providers and models',
  about:
    'DeepSeek is denied, and Azure and Bedrock train on prompts, which is denied, too. OpenAI, Mistral and Vertex serve models of the same names.',
  files: { 'catalog.yaml': CATALOG, 'policy.yaml': POLICY },
  controls: {
    plain: honest({ model: 'gpt-5' }, ['openai/gpt-5'], GPT),
    v3: honest({ model: 'v3' }, ['mistral/v3'], V3),
    nova: honest({ model: 'nova' }, ['google-vertex/nova'], NOVA),
  },
  tricks: [
    {
      id: 'prefix-slash',
      trick: 'The model is asked for as `azure/gpt-5`, so that the provider that trains is pinned.',
      rule: 'A pin is a filter: it leaves that provider alone, whose claims are judged as ever.',
      laws: ['L7'],
      context: { model: 'azure/gpt-5' },
      candidates: GPT,
      closed: nothing('claim_contrary', 'no_compliant_provider'),
      cannot: IN_REQUEST,
    },
    {
      id: 'prefix-colon',
      trick: 'The denied provider is pinned in ngrok’s form, `deepseek:v3`.',
      rule: '`x:` pins where `x` is a provider; the deny list judges what is left.',
      laws: ['L7', 'L3'],
      context: { model: 'deepseek:v3' },
      candidates: V3,
      closed: nothing('provider_denied', 'provider_not_allowed'),
      cannot: IN_REQUEST,
      control: 'v3',
    },
    {
      id: 'alias-pin',
      trick: 'The denied provider is pinned by its alias, `deep/v3`.',
      rule: 'An alias is its provider, in a pin as in a list.',
      laws: ['L7', 'L12'],
      context: { model: 'deep/v3' },
      candidates: V3,
      closed: nothing('provider_denied', 'provider_not_allowed'),
      cannot: IN_REQUEST,
      control: 'v3',
    },
    {
      id: 'dialect-pin',
      trick:
        'A provider that trains is pinned by the name that gateways have for it, `bedrock/nova`.',
      rule: 'What all dialects agree on pins the catalog’s provider; it never falls back to another one.',
      laws: ['L7', 'L12'],
      context: { model: 'bedrock/nova' },
      candidates: NOVA,
      closed: nothing('claim_contrary', 'no_compliant_provider'),
      cannot: IN_REQUEST,
      control: 'nova',
    },
    {
      id: 'case-of-pin',
      trick: 'The denied provider is pinned in other letters, `DEEPSEEK/v3`.',
      rule: 'Ids compare letter by letter, so this pins nobody and is no model’s name; with candidates, each is judged by its own id.',
      laws: ['L7', 'L12'],
      context: { model: 'DEEPSEEK/v3' },
      candidates: ['deepseek/v3'],
      closed: [
        nothingSent('provider_denied'),
        { on: ['list', 'check', 'models'], eligible: [], code: 'unknown_model' },
      ],
      cannot: IN_REQUEST,
      control: 'v3',
    },
    {
      id: 'author-as-pin',
      trick:
        'The name `openai/gpt-5` reads like a pin on the provider that passes, and is served by Azure.',
      rule: 'Verdicts are about who serves: a target that only has the name is judged by its own claims.',
      laws: ['L6', 'L7', 'L13'],
      context: { model: 'openai/gpt-5' },
      candidates: ['azure/gpt-5'],
      closed: [
        nothingSent('request_pin'),
        {
          on: SENT,
          context: { model: 'openai/gpt-5', model_id_style: 'MODEL_ID_STYLE_AUTHOR' },
          eligible: [],
          code: 'claim_contrary',
        },
        {
          on: ['list'],
          context: { model: 'openai/gpt-5', model_id_style: 'MODEL_ID_STYLE_AUTHOR' },
          eligible: ['openai/gpt-5'],
          code: 'claim_contrary',
        },
        { on: ['check'], eligible: ['openai/gpt-5'] },
      ],
      cannot: { ...IN_REQUEST, models: 'read by paths' },
    },
    {
      id: 'pin-as-author',
      trick: 'Somebody states that `x/` names authors, so that `azure/gpt-5` pins nobody any more.',
      rule: 'Without a pin the whole text is the name, which nobody serves; and the claims are judged in any case.',
      laws: ['L7', 'L12'],
      context: { model: 'azure/gpt-5', model_id_style: 'MODEL_ID_STYLE_AUTHOR' },
      candidates: ['azure/gpt-5'],
      closed: [
        nothingSent('claim_contrary'),
        { on: ['list'], eligible: [], code: 'unknown_model' },
      ],
      cannot: { ...IN_REQUEST, check: 'read by paths', models: 'read by paths' },
    },
    {
      id: 'alias-as-candidate',
      trick: 'The candidate is named by the alias of a provider that trains.',
      rule: 'An alias is its provider: the same target with the same claims.',
      laws: ['L12'],
      candidates: [{ ref: 'x', provider: 'az', model: 'gpt-5' }],
      closed: [nothingSent('claim_contrary')],
      cannot: IN_CANDIDATE,
    },
    {
      id: 'dialect-name-as-candidate',
      trick: 'The candidate is named by a gateway’s word for the provider, `bedrock`.',
      rule: 'A candidate is never looked up in a dialect’s table: the target is unknown.',
      laws: ['L1', 'L12'],
      candidates: [{ ref: 'x', provider: 'bedrock', model: 'nova' }],
      closed: [nothingSent('unknown_target')],
      cannot: IN_CANDIDATE,
      control: 'nova',
    },
    {
      id: 'target-id-of-a-provider',
      trick:
        'The candidate’s target is the id of a provider, in the hope that all of its models are meant.',
      rule: 'A provider is no target.',
      laws: ['L12'],
      context: { model: 'openai' },
      candidates: ['openai', 'azure'],
      closed: [
        nothingSent('unknown_target'),
        { on: ['list', 'check', 'models'], eligible: [], code: 'unknown_model' },
      ],
      cannot: IN_REQUEST,
    },
    {
      id: 'id-against-parts',
      trick:
        'The candidate has the id of a target that passes, and provider and model of one that does not.',
      rule: 'Parts that contradict the id make the target unknown.',
      laws: ['L1', 'L12'],
      candidates: [{ target: 'mistral/v3', provider: 'deepseek' }],
      closed: [nothingSent('unknown_target')],
      cannot: IN_CANDIDATE,
      control: 'v3',
    },
    {
      id: 'catalog-named-twice',
      trick:
        'A second catalog gives a denied provider’s name to a provider that is not denied, as its alias.',
      rule: 'Names of providers are unique over all files: the set is refused.',
      laws: ['L12'],
      closed: [
        refused('duplicate_provider_name', {
          'more.yaml': `apiVersion: ambit/v1
kind: Catalog
metadata: { name: more }
spec: { providers: [{ id: fine, aliases: [deepseek], claims: { training_opt_out: true }, targets: [{ model: v3 }] }] }
`,
        }),
      ],
      cannot: IN_FILE,
      control: 'v3',
    },
  ],
};
