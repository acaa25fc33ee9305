import { entry, isTrue } from '../model/fields';
import type { Manager } from '../model/manager';
import type { Rule } from '../rule';

/** The route is chosen when the headers come, before Ambit has answered: it must be chosen again. */
export const clearRouteCache: Rule = {
  code: 'clear_route_cache',
  severity: 'error',
  meaning: 'the route is not chosen again once Ambit has answered',
  remedy: 'write `clear_route_cache: true` in `ext_authz`',
  check: ({ askingFilters }) =>
    askingFilters
      .filter(
        ({ manager, filter }) =>
          needsNewRoute(manager) && !isTrue(filter.body, 'clear_route_cache'),
      )
      .map(({ filter: { body, node } }) => ({
        at: entry(body, 'clear_route_cache')?.value ?? node,
        message:
          'the target is chosen before Ambit answers: the first attempt goes elsewhere, or where the client says',
      })),
};

function needsNewRoute({ routes }: Manager): boolean {
  return routes.some(({ destinations }) => destinations.some(({ kind }) => kind !== 'cluster'));
}
