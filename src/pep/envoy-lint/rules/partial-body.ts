import { isTrue, valueSpot } from '../model/fields';
import { bodySettings } from '../model/body-settings';
import type { Rule } from '../rule';

/** A body cut short is judged without the fields behind the cut, and sent with them. */
export const partialBody: Rule = {
  code: 'partial_body',
  severity: 'error',
  meaning: 'Ambit is shown the beginning of a long body, and the provider is sent all of it',
  remedy: 'write `allow_partial_message: false`, so that a longer body is refused with 413',
  check: ({ askingFilters }) =>
    askingFilters
      .flatMap(bodySettings)
      .filter((settings) => isTrue(settings, 'allow_partial_message'))
      .map((settings) => ({
        at: valueSpot(settings, 'allow_partial_message'),
        message:
          'whoever puts the model or tools behind the limit has them judged by nobody, and sent',
      })),
};
