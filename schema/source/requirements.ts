import {
  AMOUNT,
  freeMapping,
  mapping,
  oneOfKeys,
  ref,
  set,
  whole,
  type Definitions,
  type Properties,
  type Schema,
} from './json-schema';

/** A requirement without parameters: one value states it, the other one would demand nothing. */
function demanded(value: boolean | 'deny', description: string): Schema {
  return { description, const: value };
}

const SWITCHES: Properties = {
  require_zero_data_retention: demanded(true, 'Neither request nor response is stored.'),
  require_no_training: demanded(true, 'What is sent trains no model.'),
  no_prompt_logging: demanded(true, 'Prompts are not logged.'),
  require_in_memory_only: demanded(true, 'Requests are never written to a disk.'),
  require_tokenized_input_support: demanded(
    true,
    'Input whose sensitive parts are tokens is understood.',
  ),
  allow_internet_egress: demanded(false, 'Nothing leaves from there to the internet.'),
  local_only_processing: demanded(true, 'Processing stays on premises that the operator controls.'),
  user_data_collection: demanded('deny', 'Nobody on the way collects what users send.'),
  analytics_collection: demanded('deny', 'The provider collects no analytics on the traffic.'),
  soc2: demanded(true, 'A SOC 2 report of Type 1 or Type 2.'),
  soc2_type2: demanded(true, 'A SOC 2 report of Type 2.'),
  iso27001: demanded(true, 'A certificate for ISO/IEC 27001.'),
  soc2_or_iso27001: demanded(true, 'A SOC 2 report of Type 2, or a certificate for ISO/IEC 27001.'),
  gdpr: demanded(true, 'The provider states that it complies with the GDPR.'),
};

const CERTIFICATIONS = mapping(
  {
    all_of: set(ref('free_key'), 'Names of certifications, all of which must hold.'),
    any_of: set(ref('free_key'), 'Names of certifications, one of which at least must hold.'),
    max_age_days: whole(1, 'Days since `checked_at` after which a certification counts no more.'),
  },
  { description: 'Certifications by name.', ...oneOfKeys('all_of', 'any_of') },
);

const HEADQUARTERS = mapping(
  {
    allow: set(ref('rule_region'), 'Every seat must lie inside one of these.'),
    deny: set(ref('rule_region'), 'No seat may lie in one of these.'),
  },
  { description: 'Where the company and its parents have their seats.' },
);

const MAX_PRICE = mapping(
  {
    prompt: { ...AMOUNT, description: 'USD per million tokens of prompts, 0 or more.' },
    completion: { ...AMOUNT, description: 'USD per million tokens of completions, 0 or more.' },
  },
  { description: 'What it may cost at most.' },
);

const EXPRESSION: Schema = {
  description: 'A CEL expression, or a list of them that must all hold.',
  if: { type: 'array' },
  then: { type: 'array', items: ref('expression'), minItems: 1 },
  else: ref('expression'),
};

const REQUIREMENTS: Properties = {
  ...SWITCHES,
  max_retention_days: whole(0, 'Days for which what is sent may be kept at most; 0: not at all.'),
  certifications: CERTIFICATIONS,
  processing_regions: set(
    ref('rule_region'),
    'Regions; everywhere that requests may be processed must lie inside.',
  ),
  storage_regions: set(
    ref('rule_region'),
    'Regions; everywhere that what is kept may be must lie inside.',
  ),
  headquarters: HEADQUARTERS,
  quantizations: set(ref('name'), 'The precisions that the model may run at, letter by letter.'),
  max_price: MAX_PRICE,
  labels: ref('required_labels'),
  expression: EXPRESSION,
  minimum_assurance: ref(
    'assurance',
    'How well the claims that the other requirements rely on must be founded at least.',
  ),
};

/** Requirements and their parts. */
export const REQUIREMENT_PARTS: Definitions = {
  requirements: mapping(REQUIREMENTS, {
    description: 'What targets must declare. All must hold.',
    // Assurance is about the claims of the other requirements, so there must be one.
    dependentSchemas: { minimum_assurance: { minProperties: 2 } },
  }),
  required_labels: freeMapping(
    { allOf: [ref('free_key')], not: { enum: Object.keys(REQUIREMENTS) } },
    ref('label'),
    'Labels that must be exactly so: key to text.',
  ),
};
