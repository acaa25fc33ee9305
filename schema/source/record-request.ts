import {
  listOrNothing,
  mapping,
  mappingOrNothing,
  ref,
  truth,
  whole,
  word,
  type Definitions,
  type Schema,
} from './json-schema';
import { text, texts } from './record-parts';

const number = (description: string): Schema => ({ type: 'number', description });

/** Texts by names that a request chose. */
const textsByName = (description: string): Schema => ({
  type: 'object',
  description,
  additionalProperties: { type: 'string' },
});

const PREFERENCES = mappingOrNothing(
  {
    only: texts('Only these. Empty: leaves nothing.'),
    ignore: texts('None of these.'),
    order: texts('These first.'),
    allowFallbacks: truth('False: nothing but `order`, or the first.'),
    zeroDataRetention: truth('True: only with zero data retention.'),
    noTraining: truth('True: only without training.'),
    dataCollection: word(['allow', 'deny'], 'Whether the provider may collect what users send.'),
    maxRetentionDays: number('The longest retention, in whole days.'),
    processingRegions: texts('Where processing must lie. Empty: leaves nothing.'),
    quantizations: texts('Only these quantizations. Empty: leaves nothing.'),
    maxPrice: mappingOrNothing(
      { prompt: number('For what is sent.'), completion: number('For what is generated.') },
      'The highest price, in USD per million tokens.',
    ),
  },
  'What the client asked for beside the policy. Absent and empty lists differ.',
);

/** What a record holds of a request. */
export const RECORD_REQUEST: Definitions = {
  record_request: mapping(
    {
      tenant: text('The tenant.'),
      scope: textsByName('Values by scope key.'),
      model: text('The model as the client wrote it.'),
      models: texts('Further names of models.'),
      modelIdStyle: word(['pin', 'author', 'auto'], 'How the `x/` before a name was read.'),
      api: ref('record_api', 'The API that the client speaks.'),
      features: listOrNothing(ref('record_feature'), 'The features that it uses.'),
      preferences: PREFERENCES,
      attributes: textsByName('Values by name of the attributes that may be recorded.'),
      candidates: listOrNothing(ref('record_candidate'), "The candidates. Absent: the catalog's."),
      problems: whole(0, 'How many things the end client got wrong. Absent: none.'),
      rewritesModel: truth("Whether the caller sends the verdict's model."),
      ownsClaims: truth("Whether the caller is the source of its targets' claims."),
    },
    {
      description: 'What was asked for.',
      required: ['modelIdStyle', 'rewritesModel', 'ownsClaims'],
    },
  ),
};
