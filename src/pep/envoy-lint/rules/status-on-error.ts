import { entry, field, valueSpot } from '../model/fields';
import { statusOf } from '../model/status';
import type { Rule } from '../rule';

/** The default is 403, which clients take for a decision of the policy and do not try again. */
export const noStatusOnError: Rule = {
  code: 'no_status_on_error',
  severity: 'warning',
  meaning: 'while Ambit cannot be reached, clients are told that the policy forbids',
  remedy: 'write `status_on_error: { code: ServiceUnavailable }`',
  check: ({ askingFilters }) =>
    askingFilters
      .filter(({ filter }) => entry(filter.body, 'status_on_error') === undefined)
      .map(({ filter }) => ({
        at: filter.node,
        message:
          '`status_on_error` is missing, so an outage looks like a decision: clients get 403',
      })),
};

/** A client that reads a success takes the empty body for an answer. */
export const successOnError: Rule = {
  code: 'success_on_error',
  severity: 'error',
  meaning: 'while Ambit cannot be reached, clients are told that all is well',
  remedy: 'write `status_on_error: { code: ServiceUnavailable }`',
  check: ({ askingFilters }) =>
    askingFilters
      .filter(({ filter }) => {
        const status = statusOf(field(filter.body, 'status_on_error', 'code'));
        return status !== undefined && status < 400;
      })
      .map(({ filter }) => ({
        at: valueSpot(filter.body, 'status_on_error', 'code'),
        message: 'an outage of Ambit is answered as a success, and nobody learns of it',
      })),
};
