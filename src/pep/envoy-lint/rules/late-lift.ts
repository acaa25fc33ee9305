import { isBlind } from '../model/body-settings';
import { filtersOf } from '../model/manager';
import { LIFTED_NAMESPACE, TYPES } from '../model/types';
import type { Rule } from '../rule';

/** Ambit sees what was lifted before it is asked, and nothing of what is lifted afterwards. */
export const lateLift: Rule = {
  code: 'late_lift',
  severity: 'warning',
  meaning:
    'Ambit is to judge what is lifted out of the body, and nothing lifts it before Ambit is asked',
  remedy: 'put `json_to_metadata` before `ext_authz`, as docs/envoy.md shows it',
  check: ({ askingFilters }) =>
    askingFilters.filter(isBlind).flatMap(({ manager, filter }) => {
      const lifting = filtersOf(manager, TYPES.jsonToMetadata);
      const asked = manager.filters.indexOf(filter);
      if (lifting.some((each) => manager.filters.indexOf(each) < asked)) return [];
      const message = `nothing fills \`${LIFTED_NAMESPACE}\` before Ambit is asked, so that it blocks for want of a model`;
      return [{ at: lifting[0]?.node ?? filter.node, message }];
    }),
};
