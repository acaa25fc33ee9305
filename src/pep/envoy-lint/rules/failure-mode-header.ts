import { isTrue, valueSpot } from '../model/fields';
import type { Rule } from '../rule';

/** It does nothing by itself, and shows that requests are meant to pass undecided. */
export const failureModeHeader: Rule = {
  code: 'failure_mode_header',
  severity: 'warning',
  meaning: 'requests that pass undecided are to be marked, so some are expected to',
  remedy: 'remove `failure_mode_allow_header_add`',
  check: ({ askingFilters }) =>
    askingFilters
      .filter(({ filter }) => isTrue(filter.body, 'failure_mode_allow_header_add'))
      .map(({ filter }) => ({
        at: valueSpot(filter.body, 'failure_mode_allow_header_add'),
        message: 'this only matters where requests pass without an answer, which none must',
      })),
};
