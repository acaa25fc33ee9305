import { BLOCK_ONLY_CODES, LAYERS, REASON_CODES } from '../../src/core/model/reason';
import {
  list,
  listOrNothing,
  mapping,
  oneOfKeys,
  ref,
  set,
  setOrNothing,
  whole,
  word,
  type Definitions,
  type Schema,
} from './json-schema';

const STATES = [
  'contrary',
  'unknown',
  'expired',
  'conflicting',
  'error',
  'not_listed',
  'denied',
  'filtered',
  'refused',
] as const;

const WARNINGS = ['unknown_preference_name', 'warn_policy_gave_way', 'unused_scope_key'] as const;

const CODE = word(Object.keys(REASON_CODES), 'The code of a reason.');

const REASON: Schema = {
  description: 'The code of a reason, or a mapping of the parts that it must have.',
  if: { type: 'object' },
  then: mapping({
    code: CODE,
    layer: word(LAYERS, 'The layer that found it.'),
    policy: ref('text', 'The policy that it belongs to.'),
    requirement: ref('text', 'The requirement that is not met.'),
    claim: ref('text', 'The claim that was read.'),
    state: word(STATES, 'What became of the claim, or of the list.'),
    expected: ref('text', 'What would have satisfied it.'),
    observed: ref('text', 'What was found.'),
    message: ref('text', 'The sentence for people.'),
  }),
  else: CODE,
};

const VERDICTS: Schema = {
  type: 'object',
  additionalProperties: {
    description: 'The reason that leads, or a list of all reasons in order.',
    if: { type: 'array' },
    then: list(ref('reason'), 'All reasons, in order.'),
    else: ref('reason'),
  },
};

const BLOCK = mapping(
  {
    code: word([...Object.keys(REASON_CODES), ...BLOCK_ONLY_CODES], 'The code of the block.'),
    layer: word(LAYERS, 'The layer at which nothing was left.'),
    policy: ref('text', 'The policy that leads.'),
    message: ref('text', 'What the client is told.'),
    http_status: whole(100, 'The HTTP status, 100 to 599.', 599),
    content_type: ref('text', 'The media type of the body.'),
    providers_considered: setOrNothing(ref('text'), 'The providers that entered that layer.'),
    body: {
      description: 'The whole body: a text, or a mapping that is compared as JSON.',
      if: { type: 'object' },
      then: { type: 'object' },
      else: ref('text'),
    },
  },
  { description: 'Parts of the block.' },
);

/** Nothing is eligible in a block, and something is in every other outcome. */
const OUTCOMES: readonly Schema[] = [
  {
    if: { properties: { outcome: { const: 'block' } }, required: ['outcome'] },
    then: { properties: { eligible: { type: 'array', maxItems: 0 } } },
  },
  {
    if: {
      properties: { outcome: { type: 'string', enum: ['allow', 'warn'] } },
      required: ['outcome'],
    },
    then: { properties: { eligible: { type: 'array', minItems: 1 } }, required: ['eligible'] },
  },
  {
    if: { properties: { eligible: { type: 'array', minItems: 1 } }, required: ['eligible'] },
    then: { properties: { block: false } },
  },
];

const NOW = ref('instant', 'The instant at which is decided.');

const CASE = mapping(
  {
    name: ref('label', 'A sentence on one line that says what is tested; unique in its document.'),
    now: NOW,
    request: ref('request'),
    outcome: word(
      ['allow', 'warn', 'block'],
      'What becomes of the request. Default: `allow` where something is eligible, else `block`.',
    ),
    eligible: setOrNothing(ref('text'), 'Refs of the candidates that may serve it, in order.'),
    blocked: {
      ...VERDICTS,
      description: 'Refs of all other candidates, each with its reason or reasons.',
    },
    unmet: {
      ...VERDICTS,
      description: 'Refs of eligible candidates that do not meet a policy that gave way.',
    },
    block: BLOCK,
    warnings: listOrNothing(
      word(WARNINGS, 'The code of a warning.'),
      'All warnings, in order. Default: whatever they are.',
    ),
  },
  {
    description: 'One request, and what must become of it.',
    required: ['name'],
    ...oneOfKeys('outcome', 'eligible', 'blocked', 'block'),
    allOf: OUTCOMES,
  },
);

/** What a test states. Every case must have an instant, its own or that of all. */
export const POLICY_TEST_SPEC: Schema = mapping(
  {
    now: { ...NOW, description: 'The instant at which cases decide that state none.' },
    defaults: ref('request', 'What requests of cases leave out.'),
    cases: set(ref('case'), 'The cases.'),
  },
  {
    required: ['cases'],
    anyOf: [
      { required: ['now'] },
      { properties: { cases: { type: 'array', items: { type: 'object', required: ['now'] } } } },
    ],
  },
);

/** Parts of tests. */
export const POLICY_TEST_PARTS: Definitions = { case: CASE, reason: REASON };
