import type { Rule } from '../rule';
import { quote } from '../quote';
import { filtersOf } from '../model/manager';
import { TYPES } from '../model/types';

/** Filters that send a request on, or answer it from what others asked for. */
const ANSWERING =
  /^filters\.http\.(?:router|cache|cache_v2|aws_lambda|dynamic_forward_proxy|mcp_router)\./u;

/** Filters run in their order: what sends a request on before `ext_authz` does so without a decision. */
export const lateExtAuthz: Rule = {
  code: 'late_ext_authz',
  severity: 'error',
  meaning: 'a filter before `ext_authz` sends requests on, or answers them, before Ambit is asked',
  remedy: 'move `ext_authz`, with the guard behind it, before that filter',
  check: ({ asking }) =>
    asking.flatMap((manager) => {
      const [first] = filtersOf(manager, TYPES.extAuthz);
      const before =
        first === undefined ? [] : manager.filters.slice(0, manager.filters.indexOf(first));
      return before
        .filter(({ type }) => ANSWERING.test(type))
        .map(({ node, name }) => ({
          at: node,
          message: `the filter ${quote(name)} runs before Ambit is asked, and can send a request on or answer it`,
        }));
    }),
};
