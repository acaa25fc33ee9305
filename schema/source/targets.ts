import { CLAIM_KEYS, CLAIMS_BESIDE_EVIDENCE } from './claims';
import {
  mapping,
  ref,
  set,
  whole,
  word,
  type Definitions,
  type Properties,
  type Schema,
} from './json-schema';

const MAX_PORT = 65_535;

const ADDRESS: Properties = {
  host: {
    type: 'string',
    description: 'A host name or an IP address, without scheme, port and path.',
    pattern: String.raw`^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$`,
    maxLength: 253,
    examples: ['api.example.com', '[2001:db8::1]'],
  },
  port: whole(1, 'The port, 1 to 65535.', MAX_PORT),
  path_prefix: {
    type: 'string',
    description: 'A path that starts with `/`, without query and fragment.',
    pattern: String.raw`^/[^\s?#\p{C}]*$`,
    maxLength: 4096,
    examples: ['/v1'],
  },
  auth: ref('name', 'How the proxy authenticates there.'),
};

const ADDRESS_RULES: Schema = { required: ['host'] };

const TARGET: Properties = {
  id: ref(
    'name',
    'The name of the target in answers, unique over all files. Default: PROVIDER/MODEL, and @REGION if it has one.',
  ),
  model: ref('name', 'The name that the provider knows the model by.'),
  endpoint: {
    description: 'The id of an endpoint of the provider, or the address itself with its APIs.',
    if: { type: 'object' },
    then: mapping(
      { ...ADDRESS, apis: ref('apis', 'The APIs that it speaks. Default: any.') },
      ADDRESS_RULES,
    ),
    else: ref('name'),
  },
  region: ref('name', 'Where it runs.'),
  credential: ref('name', 'The id of the account that it is used under.'),
  apis: ref('apis', 'The APIs that it speaks. Default: any.'),
  serves: set(ref('name'), 'The names by which clients ask for it. Default: its model.'),
  reaches: set(
    ref('name'),
    'Ids of the targets that it may choose from by itself; it is eligible only if all of them are.',
  ),
  address: mapping(ADDRESS, {
    ...ADDRESS_RULES,
    description: "An address beside an endpoint's id, for configurations that Ambit writes.",
  }),
  pool: ref('name', 'Targets of one pool are candidates together.'),
  claims_stated_on: word(
    ['target', 'credential'],
    'Whether the claims hold for the target under any credential, or for its own credential.',
    'target',
  ),
  ...CLAIM_KEYS,
};

/** Address and APIs stand once: inline in the endpoint, or beside it. */
const STATED_ONCE: readonly Schema[] = [
  {
    if: { properties: { endpoint: { type: 'object' } }, required: ['endpoint'] },
    then: { properties: { address: false } },
  },
  {
    if: {
      properties: { endpoint: { type: 'object', required: ['apis'] } },
      required: ['endpoint'],
    },
    then: { properties: { apis: false } },
  },
];

const PROVIDER = ref('name', 'The id or an alias of the provider that it belongs to.');

/** Targets below their provider, and apart from it, where they name theirs. */
export const TARGETS: Definitions = {
  target: mapping(TARGET, {
    description: 'A model that a request can be sent to.',
    required: ['model'],
    dependentRequired: CLAIMS_BESIDE_EVIDENCE,
    allOf: STATED_ONCE,
  }),
  target_apart: mapping(
    { provider: PROVIDER, ...TARGET },
    {
      description: 'A model that a request can be sent to, with the provider that it belongs to.',
      required: ['provider', 'model'],
      dependentRequired: CLAIMS_BESIDE_EVIDENCE,
      allOf: STATED_ONCE,
    },
  ),
};
