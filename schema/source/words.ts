import { APIS, FEATURES } from '../../src/core/model/api';
import { ASSURANCES } from '../../src/core/model/claim';
import { set, word, type Definitions } from './json-schema';

/** Words of closed lists that stand at several places. */
export const WORDS: Definitions = {
  apis: set(word(APIS, 'An API that requests speak.'), 'APIs that requests speak.'),
  features: set(word(FEATURES, 'A feature of requests.'), 'Features of requests.'),
  assurance: word(ASSURANCES, 'How well a claim is founded, weakest first.'),
};
