import { APIS } from '../../src/core/model/api';
import { CLAIM_KEYS, CLAIMS_BESIDE_EVIDENCE } from './claims';
import {
  AMOUNT,
  mapping,
  mappingOrNothing,
  oneOfKeys,
  ref,
  set,
  setOrNothing,
  truth,
  whole,
  word,
  type Definitions,
  type Schema,
} from './json-schema';

/** Words by keys that users choose; without any it says nothing. */
function words(description: string): Schema {
  return { type: 'object', description, additionalProperties: ref('word') };
}

const PREFERENCES = mappingOrNothing(
  {
    only: setOrNothing(ref('text'), 'Nothing else may serve it; an empty list leaves nothing.'),
    ignore: setOrNothing(ref('text'), 'These may not serve it.'),
    order: setOrNothing(ref('text'), 'These come first, in this order.'),
    allow_fallbacks: truth('False: of what is left, only what `order` names, or the first.'),
    zero_data_retention: truth('Whether zero data retention is demanded.'),
    no_training: truth('Whether it is demanded that nothing is trained on it.'),
    data_collection: word(['allow', 'deny'], 'Whether data of users may be collected.'),
    max_retention_days: whole(0, 'Days for which what is sent may be kept at most.'),
    processing_regions: setOrNothing(ref('text'), 'Where it may be processed.'),
    quantizations: setOrNothing(ref('text'), 'The precisions that the model may run at.'),
    max_price: mappingOrNothing(
      {
        prompt: { ...AMOUNT, description: 'USD per million tokens of prompts.' },
        completion: { ...AMOUNT, description: 'USD per million tokens of completions.' },
      },
      'What it may cost at most.',
    ),
  },
  "The request's own preferences. They only narrow.",
);

const CANDIDATE: Schema = {
  description: 'The id of a target, or a mapping of its parts.',
  if: { type: 'object' },
  then: mapping(
    {
      ref: ref('word', 'The name by which the case knows it. Default: its target.'),
      target: ref('word', 'The id of a target.'),
      provider: ref('word', 'The provider.'),
      model: ref('word', 'The name that the provider knows the model by.'),
      region: ref('word', 'The region.'),
      endpoint: ref('word', 'The id of an endpoint, or a base URL.'),
      credential: ref('word', 'The id of a credential.'),
      ...CLAIM_KEYS,
    },
    { ...oneOfKeys('ref', 'target'), dependentRequired: CLAIMS_BESIDE_EVIDENCE },
  ),
  else: ref('word'),
};

/** What a case's request may state, and the defaults of all requests. */
export const REQUEST_PARTS: Definitions = {
  request: mappingOrNothing(
    {
      model: ref('word', 'The model as the client wrote it.'),
      models: set(ref('word'), 'Further names that the client wrote.'),
      model_id_style: word(
        ['auto', 'pin', 'author'],
        'How `x/` before a model is meant: as the bundle tells, as a provider, or as an author.',
      ),
      tenant: ref('word', 'The tenant.'),
      scope: words('The values of scope keys: key to text.'),
      api: word(APIS, 'The API that the request speaks.'),
      features: ref('features', 'The features that the request uses.'),
      preferences: PREFERENCES,
      attributes: words('What expressions see as `attributes`: key to text.'),
      candidates: setOrNothing(
        CANDIDATE,
        'What the enforcement point asks about. Default: what the catalog has for the request.',
      ),
      caller: mappingOrNothing(
        {
          rewrites_model: truth('Whether the caller sends the model that a verdict names.'),
          owns_claims: truth('Whether the caller is the source of the claims of its targets.'),
        },
        'Who asks.',
      ),
    },
    'A request; what it leaves out is as in `defaults`.',
  ),
};
