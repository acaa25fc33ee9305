import type { ConfigNode } from '../yaml/config-node';
import { each } from './fields';
import { overridesOf, type Manager } from './manager';
import { destinationLeads } from './reach';
import type { Route } from './routes';
import type { Override } from './typed';

/** The routes of a manager that send requests to a provider. */
export function leadingRoutes(manager: Manager, leading: ReadonlySet<string>): readonly Route[] {
  return manager.routes.filter(({ destinations }) =>
    destinations.some((destination) => destinationLeads(leading, destination)),
  );
}

/** What is said to filters on the way to a provider. A route that answers by itself may do without them. */
export function leadingOverrides(
  manager: Manager,
  leading: ReadonlySet<string>,
): readonly Override[] {
  const routes = leadingRoutes(manager, leading);
  const hosts = new Set(routes.map(({ host }) => host));
  return overridesOf({ ...manager, hosts: [...hosts], routes });
}

/** What says how a manager sends requests on, from its table of routes to its weighted clusters. */
export function holdersOf({ routeTable, hosts, routes }: Manager): readonly ConfigNode[] {
  return [
    ...(routeTable === undefined ? [] : [routeTable]),
    ...hosts.map(({ node }) => node),
    ...routes.flatMap(({ node, action }) => [
      node,
      ...(action === undefined ? [] : [action]),
      ...each(action, 'weighted_clusters', 'clusters'),
    ]),
  ];
}
