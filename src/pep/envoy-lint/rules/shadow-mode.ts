import { isTrue, valueSpot } from '../model/fields';
import type { Rule } from '../rule';

/** Meant for a trial: the answer is noted, and nothing follows from it. */
export const shadowMode: Rule = {
  code: 'shadow_mode',
  severity: 'error',
  meaning: 'Ambit is asked, and its answer changes nothing',
  remedy: 'remove `shadow_mode`; to try a policy out, give the policy `mode: shadow` instead',
  check: ({ askingFilters }) =>
    askingFilters
      .filter(({ filter }) => isTrue(filter.body, 'shadow_mode'))
      .map(({ filter }) => ({
        at: valueSpot(filter.body, 'shadow_mode'),
        message: 'what Ambit blocks is only counted, and sent on',
      })),
};
