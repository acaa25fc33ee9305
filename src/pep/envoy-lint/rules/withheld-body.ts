import { entry, field, isTrue, valueSpot } from '../model/fields';
import { overridesOf } from '../model/manager';
import type { Rule } from '../rule';

/** Ambit refuses what it cannot judge, so this takes nothing past it; but no request of the route is served. */
export const withheldBody: Rule = {
  code: 'withheld_body',
  severity: 'warning',
  meaning: 'a route keeps the body from Ambit, which needs it',
  remedy: 'remove `disable_request_body_buffering`',
  check: ({ askingFilters }) =>
    askingFilters.flatMap(({ manager, filter }) =>
      entry(filter.body, 'with_request_body') === undefined
        ? []
        : overridesOf(manager)
            .filter((each) => each.filter === filter.name)
            .map(({ body }) => field(body, 'check_settings'))
            .filter((settings) => settings !== undefined)
            .filter((settings) => isTrue(settings, 'disable_request_body_buffering'))
            .map((settings) => ({
              at: valueSpot(settings, 'disable_request_body_buffering'),
              message: 'Ambit gets no body for this route, and blocks what names its model there',
            })),
    ),
};
