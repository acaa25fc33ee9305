import { CLAIM_KEYS, CLAIMS_BESIDE_EVIDENCE } from './claims';
import { list, mapping, ref, set, word, type Definitions, type Schema } from './json-schema';

/** Of a URL without user, query and fragment; whether its host is one is beyond patterns. */
const BASE_URL =
  '^[Hh][Tt][Tt][Pp][Ss]?://' +
  String.raw`[/\\\n\t]*(?:[:\n\t]*@)?[^@/\\?#]*(?:[/\\][^?#]*)?(?:\?[\n\t]*)?(?:#[\n\t]*)?$`;

const ENDPOINT = mapping(
  {
    id: ref('name', 'The id by which targets name it.'),
    base_url: {
      type: 'string',
      ...ref('text', 'An absolute URL without user, query and fragment.'),
      pattern: BASE_URL,
      examples: ['https://eu.api.example.com/v1'],
    },
    region: ref('name', 'Where it stands.'),
    ...CLAIM_KEYS,
  },
  { required: ['id'], dependentRequired: CLAIMS_BESIDE_EVIDENCE },
);

const CREDENTIAL = mapping(
  {
    id: ref('name', 'The name of an account or key, never the key itself.'),
    owner: word(
      ['operator', 'customer'],
      "Whose contract it is under. Claims on training, logging and retention reach a customer's only if they are stated on it.",
    ),
    ...CLAIM_KEYS,
  },
  { required: ['id', 'owner'], dependentRequired: CLAIMS_BESIDE_EVIDENCE },
);

/** A provider with everything that stands under it. */
export const PROVIDERS: Definitions = {
  provider: mapping(
    {
      id: ref('name', 'The id of the provider, unique over all files together with the aliases.'),
      aliases: set(ref('name'), 'Other names of the same provider.'),
      models: word(
        ['listed', 'any'],
        "`any`: every model of the provider is a known target, with the provider's claims.",
        'listed',
      ),
      ...CLAIM_KEYS,
      endpoints: list(ENDPOINT, 'Places where the provider is reached.'),
      credentials: list(CREDENTIAL, 'Accounts that the provider is used under.'),
      targets: list(ref('target'), 'Models that requests can be sent to.'),
    },
    {
      description: 'A provider with everything that stands under it.',
      required: ['id'],
      dependentRequired: CLAIMS_BESIDE_EVIDENCE,
    },
  ),
};

/** What a catalog states. */
export const CATALOG_SPEC: Schema = mapping({
  providers: list(ref('provider'), 'Providers, each with everything that stands under it.'),
  targets: list(
    ref('target_apart'),
    "Targets apart from their provider's entry, which may be in another file.",
  ),
});
