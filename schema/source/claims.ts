import { CLAIM_TYPES, type KnownClaimName } from '../../src/core/model/claim';
import { INSTANT } from './instants';
import {
  AMOUNT,
  freeMapping,
  mapping,
  ref,
  set,
  type Definitions,
  type Properties,
  type Schema,
} from './json-schema';

/** What founds a claim, and until when. */
const PROVENANCE: Properties = {
  source: ref('text', 'Where it is published, or the number of a contract. No password in it.'),
  assurance: {
    ...ref('assurance', 'How well it is founded: somebody says so, a contract, an audit.'),
    default: 'declared',
  },
  checked_at: ref('instant', 'When it was checked.'),
  expires_at: ref('instant', 'From then on it is expired, which blocks. After `checked_at`.'),
};

const LIMITS: Properties = {
  apis: ref('apis', 'The APIs that the claim covers; elsewhere it is unknown. Default: all.'),
  features: ref(
    'features',
    'The features that the claim covers. Default: all, for contractual claims all but those that retain.',
  ),
};

/** A claim is its value, or a mapping of the value with what founds and limits it. */
function claim(value: Schema): Schema {
  const properties = {
    value: { description: 'What is claimed.', ...value },
    ...PROVENANCE,
    ...LIMITS,
  };
  return {
    if: { type: 'object' },
    then: mapping(properties, { required: ['value'] }),
    else: value,
  };
}

const CLAIMED_REGIONS = set(ref('claim_region'), 'Everywhere that it may be.');

/** The value of each type of claim. */
const VALUES: Readonly<Record<(typeof CLAIM_TYPES)[KnownClaimName], Schema>> = {
  boolean: { type: 'boolean' },
  days: AMOUNT,
  amount: AMOUNT,
  text: ref('name'),
  allow_deny: { type: 'string', enum: ['allow', 'deny'] },
  soc2: { type: 'string', enum: ['none', 'type1', 'type2'] },
  countries: CLAIMED_REGIONS,
  regions: CLAIMED_REGIONS,
  nesting: { enum: [true, false, 'fallback_off'] },
};

/** What each claim says; prices stand in a mapping of their own. */
const MEANINGS: Readonly<Record<Exclude<KnownClaimName, `price_${string}`>, string>> = {
  zero_data_retention: 'Neither request nor response is stored.',
  training_opt_out: 'What is sent trains no model.',
  prompt_logging: 'Whether prompts are logged.',
  retention_days:
    'Days for which what is sent is kept at most, 0 or more; a day that has begun counts whole.',
  retention_purpose: 'What it is kept for, such as abuse monitoring.',
  in_memory_only: 'Requests are never written to a disk.',
  accepts_tokenized_input: 'Input whose sensitive parts are tokens is understood.',
  allow_internet_egress: 'Whether anything may leave from there to the internet.',
  local_only_processing: 'Processing stays on premises that the operator controls.',
  analytics_collection: 'Whether the provider collects analytics on the traffic.',
  user_data_collection: 'Whether anyone on the way collects what users send.',
  soc2: 'The SOC 2 report that the provider has.',
  iso27001: 'The provider is certified to ISO/IEC 27001.',
  gdpr: 'The provider states that it complies with the GDPR.',
  headquarters: 'The seats of the company and of its parents.',
  processing_regions: 'Everywhere that requests may be processed.',
  storage_regions: 'Everywhere that what is kept may be.',
  nested_gateway:
    'Whether the target chooses further upstream by itself: `true`, `false`, or `fallback_off` if it does and its own fallback is off.',
  quantization: 'The precision that the model runs at, such as `fp8`.',
};

const NAMES = Object.keys(MEANINGS) as (keyof typeof MEANINGS)[];

/** Keys that mean something beside `certifications` and `labels`, or that requirements know reports by. */
const TAKEN_KEYS = [
  ...Object.keys(CLAIM_TYPES),
  'price',
  'certifications',
  'labels',
  'soc2_type1',
  'soc2_type2',
];

const OWN_KEY: Schema = { allOf: [ref('free_key')], not: { enum: TAKEN_KEYS } };

const CLAIMS = mapping(
  {
    ...Object.fromEntries(
      NAMES.map((name) => [name, ref(`${CLAIM_TYPES[name]}_claim`, MEANINGS[name])]),
    ),
    price: mapping(
      {
        prompt: ref('amount_claim', 'USD per million tokens of prompts, 0 or more.'),
        completion: ref('amount_claim', 'USD per million tokens of completions, 0 or more.'),
      },
      { description: 'What it costs.' },
    ),
    certifications: freeMapping(
      OWN_KEY,
      ref('boolean_claim'),
      'All certifications but those that have a key of their own: name to `true` or `false`.',
    ),
    labels: freeMapping(OWN_KEY, ref('label_claim'), 'Key to text, whatever you mean by it.'),
  },
  { description: 'What is declared; what is not claimed is unknown.' },
);

/** The two keys that state claims wherever they may stand. */
export const CLAIM_KEYS: Properties = {
  evidence: ref('evidence', 'What founds all claims that stand beside it.'),
  claims: ref('claims', 'What is declared here; what is not claimed is unknown.'),
};

/** `evidence` founds the claims beside it, so there must be some. */
export const CLAIMS_BESIDE_EVIDENCE = { evidence: ['claims'] } as const;

/** Claims and their parts. */
export const CLAIM_PARTS: Definitions = {
  instant: INSTANT,
  evidence: mapping(PROVENANCE, { description: 'What founds claims, and until when they hold.' }),
  claims: CLAIMS,
  label_claim: claim(ref('label')),
  ...Object.fromEntries(
    Object.entries(VALUES).map(([type, value]) => [`${type}_claim`, claim(value)]),
  ),
};
