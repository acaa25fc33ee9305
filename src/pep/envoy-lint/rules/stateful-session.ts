import { quote } from '../quote';
import type { Rule } from '../rule';

/** The cookie or header of a session names an endpoint, before any load balancer is asked. */
export const statefulSession: Rule = {
  code: 'stateful_session',
  severity: 'error',
  meaning: 'a cookie or header of the client names the endpoint that is used',
  remedy: 'remove the filter',
  check: ({ asking }) =>
    asking
      .flatMap(({ filters }) => filters)
      .filter(({ type }) => type.startsWith('filters.http.stateful_session.'))
      .map(({ node, name }) => ({
        at: node,
        message: `with ${quote(name)} the client chooses the target, past the list of Ambit`,
      })),
};
