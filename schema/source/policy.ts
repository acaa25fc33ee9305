import { BLOCK_STATUSES, WORDINGS } from '../../src/core/model/policy';
import {
  list,
  mapping,
  oneOfKeys,
  ref,
  set,
  truth,
  word,
  type Definitions,
  type Properties,
  type Schema,
} from './json-schema';
import { otherPlaceholder } from './placeholders';

const FIELDS: Properties = {
  provider: ref('name', 'The id or an alias of a provider.'),
  model: ref('pattern', 'The name that the provider knows the model by; `*`: any characters.'),
  region: ref('name', 'The name of the region.'),
  endpoint: ref('name', 'The id of the endpoint.'),
  credential: ref('name', 'The id of the credential.'),
  target: ref('pattern', 'The id of the target; `*`: any characters.'),
};

const FUTURE: Properties = {
  future: {
    ...truth('The entry is meant for something that no catalog lists yet.'),
    default: false,
  },
};

/** An entry is a name, or a mapping in which all fields must match. */
function entries(name: Schema, fields: Properties, description: string): Schema {
  const entry: Schema = {
    description: 'A name, or a mapping in which all fields must match.',
    if: { type: 'object' },
    then: mapping(fields, oneOfKeys(...Object.keys(FIELDS))),
    else: name,
  };
  return { ...list(entry, description), uniqueItems: true };
}

/** Nothing at all is allowed by the word `none`. */
function orNone({ description = '', ...entries }: Schema): Schema {
  return {
    description: `${description} \`none\`: nothing is allowed.`,
    if: { type: 'string' },
    then: { const: 'none' },
    else: entries,
  };
}

function lists(name: Schema, description: string): Schema {
  return mapping(
    {
      allow: orNone(entries(name, FIELDS, 'A target must match an entry. Default: all.')),
      deny: entries(
        name,
        { ...FIELDS, ...FUTURE },
        'A target that matches an entry is out, whatever allows it.',
      ),
    },
    { description },
  );
}

const WHEN_NOTHING_IS_LEFT = mapping(
  {
    status: {
      type: 'integer',
      description: 'The HTTP status of the block.',
      enum: BLOCK_STATUSES,
      default: 403,
    },
    message: {
      ...ref(
        'text',
        'What clients are told. `{model}`, `{model_name}`, `{providers}` and `{contact}` are filled in.',
      ),
      not: {
        type: 'string',
        pattern: otherPlaceholder(['model', 'model_name', 'providers', 'contact']),
      },
      examples: ['no approved provider may receive requests to {model}'],
    },
    wording: word(
      WORDINGS,
      "The system in whose words and body a block is told. Default: Ambit's.",
    ),
    contact: ref('contact', "Whom to ask, one sentence. Default: the Bundle's."),
  },
  { description: 'What clients are told when this policy leaves nothing.' },
);

const APPLIES_TO: Schema = mapping(
  {
    model_authors: set(ref('author'), 'Authors whose models the requirements judge.'),
    model_authors_except: set(ref('author'), 'Authors whose models they do not judge.'),
  },
  {
    description:
      'Whose models the requirements judge. A target whose names state no author (`author/model`) is judged in any case. Default: all.',
    maxProperties: 1,
  },
);

const RULES = ['providers', 'models', 'requirements'] as const;

const POLICY: Properties = {
  mode: word(
    ['enforce', 'warn', 'shadow'],
    '`warn`: requirements that nothing meets give way, lists do not; `shadow`: only recorded.',
    'enforce',
  ),
  scope: ref('scope', 'Whom the policy is for: requests that match every key. Default: all.'),
  providers: ref('provider_lists'),
  models: ref('model_lists'),
  requirements: ref('requirements'),
  provider_names: word(
    WORDINGS,
    'The system whose names for providers the lists use. Default: ids and aliases only.',
  ),
  applies_to: APPLIES_TO,
  on_no_eligible: WHEN_NOTHING_IS_LEFT,
  log_provider_selection: {
    ...truth('One log line a decision under this policy.'),
    default: true,
  },
  unrestricted: {
    const: true,
    description: 'Says that the policy has no rule on purpose. Without rules it must stand there.',
  },
};

/** What a policy states. One without any rule would let everything through, so it must say so. */
export const POLICY_SPEC: Schema = mapping(POLICY, {
  ...oneOfKeys(...RULES, 'unrestricted'),
  dependentSchemas: {
    unrestricted: { properties: Object.fromEntries(RULES.map((key) => [key, false])) },
    applies_to: { required: ['requirements'], properties: { providers: false, models: false } },
  },
});

/** Lists of a policy. */
export const POLICY_PARTS: Definitions = {
  provider_lists: lists(
    ref('name'),
    'Lists about providers. A name is the id or an alias of a provider.',
  ),
  model_lists: lists(
    ref('pattern'),
    "Lists about models. A name is a model's, in which `*` stands for any characters.",
  ),
};
