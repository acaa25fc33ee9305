import { isTrue, valueSpot } from '../model/fields';
import type { Rule } from '../rule';

/** The setting that turns an outage of Ambit into a permission for everything. */
export const failureModeAllow: Rule = {
  code: 'failure_mode_allow',
  severity: 'error',
  meaning: 'requests pass while Ambit cannot be reached',
  remedy: 'write `failure_mode_allow: false`',
  check: ({ askingFilters }) =>
    askingFilters
      .filter(({ filter }) => isTrue(filter.body, 'failure_mode_allow'))
      .map(({ filter }) => ({
        at: valueSpot(filter.body, 'failure_mode_allow'),
        message: 'whenever Ambit is down, slow or overloaded, every request passes undecided',
      })),
};
