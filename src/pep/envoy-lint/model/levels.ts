import type { ConfigNode } from '../yaml/config-node';
import { each } from './fields';
import type { Manager } from './manager';
import { destinationLeads } from './reach';
import type { Route } from './routes';

/** The routes of a manager that send requests to a provider. */
export function leadingRoutes(manager: Manager, leading: ReadonlySet<string>): readonly Route[] {
  return manager.routes.filter(({ destinations }) =>
    destinations.some((destination) => destinationLeads(leading, destination)),
  );
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
