import {
  honest,
  IN_CANDIDATE,
  IN_FILE,
  IN_REQUEST,
  nothing,
  nothingSent,
  ONLY_BY_PROVIDER,
  refused,
  SENT,
} from '../support/shapes';
import type { Trick, World } from '../support/trick';

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: routers }
spec:
  providers:
    - id: safe
      claims: { training_opt_out: true }
      targets: [{ model: chat, serves: [chat] }]
    - id: trains
      claims: { training_opt_out: false }
      targets: [{ model: chat, serves: [chat] }]
    - id: gate
      claims: { training_opt_out: true }
      targets:
        - { id: gate/auto, model: auto, serves: [auto] }
        - { id: gate/latest, model: best-latest, serves: [best-latest] }
        - { id: gate/online, model: 'auto:online', serves: ['auto:online'] }
        - { id: gate/capital, model: vendor/Auto, serves: [vendor/Auto] }
        - { id: gate/mixed, model: mixed, serves: [mixed], reaches: [safe/chat, trains/chat] }
        - { id: gate/deep, model: deep, serves: [deep], reaches: [gate/mixed] }
        - { id: gate/loop, model: loop, serves: [loop], reaches: [gate/loop, trains/chat] }
        - { id: gate/hidden, model: hidden, serves: [hidden], reaches: [safe/chat, gate/auto] }
        - { id: gate/pick, model: pick, serves: [pick, auto-pick], reaches: [safe/chat] }
    - id: open
      models: any
      claims: { training_opt_out: true }
`;

const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: guard }
spec:
  requirements: { require_no_training: true }
`;

type RouterRow = readonly [id: string, model: string, trick: string, code: string, block?: string];

/** A target whose own claims are good, and that chooses further upstream. */
const router = ([id, model, trick, code, block = code]: RouterRow): Trick => ({
  id,
  trick,
  rule: 'What chooses upstream is as good as the worst that it can reach; unlisted reach is an unknown target.',
  laws: ['L12'],
  context: { model },
  candidates: [`gate/${id}`],
  closed: [...nothing(code, block), { on: ['file'], eligible: [], code }],
  cannot: {},
});

/** A model of a provider all of whose models are known. */
const variant = (id: string, model: string, trick: string): Trick => ({
  id,
  trick,
  rule: 'The last part of the name says that somebody else chooses, whatever is put behind or before it; nobody lists the reach.',
  laws: ['L12'],
  candidates: [{ ref: 'x', provider: 'open', model }],
  closed: [
    nothingSent('unknown_target'),
    { on: ['list'], context: { model: `open/${model}` }, eligible: [], code: 'unknown_target' },
  ],
  cannot: { ...IN_REQUEST, ...ONLY_BY_PROVIDER },
  control: 'open',
});

export const ROUTERS: World = {
  name: 'routers',
  title: 'Models that somebody else chooses',
  about: 'No training is allowed. The gateway claims not to train, and routes to whom it likes.',
  files: { 'catalog.yaml': CATALOG, 'policy.yaml': POLICY },
  controls: {
    plain: honest({ model: 'pick' }, ['gate/pick'], ['gate/pick']),
    open: [
      { on: ['list'], context: { model: 'open/chat' }, eligible: ['open/chat'] },
      { on: SENT, candidates: [{ ref: 'x', provider: 'open', model: 'chat' }], eligible: ['x'] },
    ],
  },
  tricks: [
    router([
      'auto',
      'auto',
      'The target’s model is `auto`, and nothing says what it reaches.',
      'unknown_target',
    ]),
    router([
      'latest',
      'best-latest',
      'The target’s model is a moving name, `best-latest`.',
      'unknown_target',
    ]),
    router([
      'online',
      'auto:online',
      'The moving name has a variant behind it, `auto:online`.',
      'unknown_target',
    ]),
    router([
      'capital',
      'vendor/Auto',
      'The moving name is written `vendor/Auto`.',
      'unknown_target',
    ]),
    router([
      'mixed',
      'mixed',
      'The router reaches one target that passes and one that trains.',
      'claim_contrary',
      'no_compliant_provider',
    ]),
    router([
      'deep',
      'deep',
      'The router reaches only another router, which reaches one that trains.',
      'claim_contrary',
      'no_compliant_provider',
    ]),
    router([
      'loop',
      'loop',
      'The router reaches itself first, so that its reach never ends.',
      'claim_contrary',
      'no_compliant_provider',
    ]),
    router([
      'hidden',
      'hidden',
      'The router reaches a target that is a router without a list.',
      'unknown_target',
    ]),
    variant('any-auto', 'auto', 'A provider of which every model is known is asked for `auto`.'),
    variant('any-suffix', 'x-latest', 'The same with `x-latest`.'),
    variant('any-variant', 'auto:online', 'The same with `auto:online`.'),
    variant('any-free', 'auto:free', 'The same with `auto:free`.'),
    variant('any-path', 'vendor/auto/', 'The same with a slash behind it, `vendor/auto/`.'),
    variant('any-capital', 'LATEST', 'The same in capitals.'),
    {
      id: 'preset',
      trick: 'The model is a preset of a gateway, which holds a model of its own, `@preset/cheap`.',
      rule: 'Nobody serves that name, so there is no candidate; a candidate of it is unknown.',
      laws: ['L6', 'L12'],
      context: { model: '@preset/cheap' },
      candidates: ['@preset/cheap'],
      closed: [
        nothingSent('unknown_target'),
        { on: ['list', 'check', 'models'], eligible: [], code: 'unknown_model' },
      ],
      cannot: IN_REQUEST,
    },
    {
      id: 'model-with-preset',
      trick:
        'The preset hangs at a model that passes, `pick@preset/cheap`, or another variant does, `pick:nitro`.',
      rule: 'A variant is another name, and nobody serves it.',
      laws: ['L6', 'L12'],
      context: { model: 'pick:nitro', models: ['pick@preset/cheap'] },
      candidates: [{ ref: 'x', provider: 'gate', model: 'pick:nitro' }],
      closed: [
        nothingSent('unknown_target'),
        { on: ['list', 'check', 'models'], eligible: [], code: 'unknown_model' },
      ],
      cannot: IN_REQUEST,
    },
    {
      id: 'reach-of-nothing',
      trick: 'The reach of a router names a target that no file declares.',
      rule: 'References in files must exist: the set is refused.',
      laws: ['L1'],
      closed: [
        refused('unknown_target', {
          'catalog.yaml': CATALOG.replace('reaches: [safe/chat] }', 'reaches: [safe/chta] }'),
        }),
      ],
      cannot: IN_FILE,
    },
    {
      id: 'reach-empty',
      trick: 'The router has an empty list of what it reaches.',
      rule: 'Empty is not absent: an empty list is an error of the file.',
      laws: ['L4'],
      closed: [
        refused('empty_list', {
          'catalog.yaml': CATALOG.replace('reaches: [safe/chat] }', 'reaches: [] }'),
        }),
      ],
      cannot: IN_FILE,
    },
    {
      id: 'id-of-router',
      trick: 'The candidate names the router’s model at the provider instead of its id.',
      rule: 'The name stands for the declared target, with its reach.',
      laws: ['L12'],
      candidates: [{ ref: 'x', provider: 'gate', model: 'mixed' }],
      closed: [nothingSent('claim_contrary')],
      cannot: IN_CANDIDATE,
    },
    variant(
      'any-dot',
      'auto.',
      'A provider of which every model is known is asked for `auto` with a dot behind it.',
    ),
    variant('any-dots', 'auto/.', 'The same with a path that ends where it is, `auto/.`.'),
    variant('any-smart', 'smart', 'The same with LLMGateway’s other pseudo-model, `smart`.'),
    variant(
      'any-model-router',
      'model-router',
      'The same with Azure’s model that chooses one, `model-router`.',
    ),
    variant(
      'any-free-router',
      'openrouter/free',
      'The same with OpenRouter’s router over free models.',
    ),
  ],
};
