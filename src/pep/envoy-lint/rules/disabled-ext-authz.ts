import { field, isTrue, valueSpot } from '../model/fields';
import { leadingOverrides } from '../model/levels';
import { filtersOf, isOff, type Manager } from '../model/manager';
import { TYPES } from '../model/types';
import type { Hit, Rule } from '../rule';

const MESSAGE = 'Ambit is not asked about these requests';

/** One line on a route silently takes all its requests out of every policy. */
export const disabledExtAuthz: Rule = {
  code: 'disabled_ext_authz',
  severity: 'error',
  meaning: '`ext_authz` is switched off, for all requests or on a route, virtual host or cluster',
  remedy: 'remove it; a route that needs no decision should not lead to a provider',
  check: ({ asking, leadingClusters }) =>
    asking.flatMap((manager) => [...atFilter(manager), ...atRoutes(manager, leadingClusters)]),
};

function atFilter(manager: Manager): readonly Hit[] {
  return filtersOf(manager, TYPES.extAuthz).flatMap((filter) => [
    ...(isOff(filter) ? [{ at: valueSpot(filter.node, 'disabled'), message: MESSAGE }] : []),
    ...(isTrue(filter.node, 'is_optional')
      ? [
          {
            at: valueSpot(filter.node, 'is_optional'),
            message: 'an Envoy that lacks this filter runs without it, and asks nobody',
          },
        ]
      : []),
  ]);
}

function atRoutes(manager: Manager, leading: ReadonlySet<string>): readonly Hit[] {
  const names = filtersOf(manager, TYPES.extAuthz).map(({ name }) => name);
  return leadingOverrides(manager, leading).flatMap(({ filter, type, body, disabledAt }) => {
    if (!names.includes(filter) && type !== TYPES.extAuthzPerRoute) return [];
    const at = disabledAt ?? (isTrue(body, 'disabled') ? field(body, 'disabled') : undefined);
    return at === undefined ? [] : [{ at, message: MESSAGE }];
  });
}
