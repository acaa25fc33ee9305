import { isLoopback, type Cluster } from './cluster';
import type { EnvoyParts } from './envoy-parts';
import { each, entry, field, text } from './fields';
import { filtersOf, overridesOf, type Manager } from './manager';
import type { Destination } from './routes';
import { TYPES } from './types';
import type { ConfigNode } from '../yaml/config-node';

/** Those who ask Ambit: they have `ext_authz`, and what is behind them is judged there. */
export function asks(manager: Manager): boolean {
  return filtersOf(manager, TYPES.extAuthz).length > 0;
}

/** The clusters that carry what Ambit is asked, by name. */
export function ambitClustersOf({ managers }: EnvoyParts): ReadonlySet<string> {
  const services = managers.flatMap((manager) => [
    ...filtersOf(manager, TYPES.extAuthz).map(({ body }) => body),
    ...overridesOf(manager)
      .filter(({ type }) => type === TYPES.extAuthzPerRoute)
      .map(({ body }) => field(body, 'check_settings')),
  ]);
  const names = services.flatMap((service) => [
    text(service, 'grpc_service', 'envoy_grpc', 'cluster_name'),
    text(service, 'http_service', 'server_uri', 'cluster'),
  ]);
  return new Set(names.filter((name) => name !== undefined));
}

/**
 * The clusters that lead to a provider without Ambit being asked on the way, by name. A provider is whatever has
 * endpoints and is not Ambit: a file cannot tell one from another service, and a copy of a prompt is one wherever it goes.
 */
export function leadingClustersOf(parts: EnvoyParts): ReadonlySet<string> {
  const ambit = ambitClustersOf(parts);
  const others = [...parts.clusters.values()].filter(({ name }) => !ambit.has(name));
  const leading = new Set<string>();
  const inside = waysInside(parts);
  const unseen = unseenListeners(parts);
  const found = others
    .filter((cluster) => leadsByItself(cluster) || leadsTo(cluster, unseen))
    .map(({ name }) => name);
  // Where the request names a cluster, any that leads to a provider is enough.
  const anywhere = found.length > 0 ? (inside.get(ANY_CLUSTER) ?? []) : [];
  for (const each of anywhere) found.push(each);
  const named = new Set(others.map(({ name }) => name));
  // Backwards from the providers: each cluster is looked at once, so that chains and circles of listeners end.
  for (let name = found.pop(); name !== undefined; name = found.pop()) {
    if (leading.has(name) || !named.has(name)) continue;
    leading.add(name);
    for (const each of inside.get(name) ?? []) found.push(each);
  }
  return leading;
}

/** True if a destination of a route can be a provider. What the request names can be anything that there is. */
export function destinationLeads(leading: ReadonlySet<string>, destination: Destination): boolean {
  return destination.kind === 'cluster' ? leading.has(destination.name) : leading.size > 0;
}

/** True if a request that a manager takes can end at a provider. */
export function managerLeads(leading: ReadonlySet<string>, manager: Manager): boolean {
  if (hasUnseenRoutes(manager)) return true;
  const destinations = manager.routes.flatMap((route) => route.destinations);
  return destinations.some((destination) => destinationLeads(leading, destination));
}

/** True if its connections leave the machine. */
export function isRemote({ endpoints, isOpen, custom }: Cluster): boolean {
  if (isOpen && custom === undefined) return true;
  return endpoints.some((each) => each.kind === 'socket' && !isLoopback(each.host));
}

/** The clusters that a proxy of connections names. */
export function proxiedClusters(body: ConfigNode): readonly string[] {
  const weighted = each(body, 'weighted_clusters', 'clusters').map((one) => text(one, 'name'));
  return [text(body, 'cluster'), ...weighted].filter((name) => name !== undefined);
}

function leadsByItself({ isOpen, endpoints }: Cluster): boolean {
  return isOpen || endpoints.some(({ kind }) => kind !== 'internal');
}

function leadsTo({ endpoints }: Cluster, listeners: ReadonlySet<string | undefined>): boolean {
  return endpoints.some((each) => each.kind === 'internal' && listeners.has(each.listener));
}

/** What stands for every cluster, where the request names the one it goes to. */
const ANY_CLUSTER = '';

/** By the name of a cluster, the clusters that lead to it by way of an internal listener that does not ask. */
function waysInside(parts: EnvoyParts): ReadonlyMap<string, readonly string[]> {
  const byListener = groupedBy([...parts.clusters.values()], ({ endpoints }) =>
    endpoints.flatMap((each) => (each.kind === 'internal' ? [each.listener] : [])),
  );
  const ways = new Map<string, string[]>();
  for (const [listener, destination] of insideDestinations(parts)) {
    const clusters = (byListener.get(listener) ?? []).map(({ name }) => name);
    const known = ways.get(destination);
    if (known === undefined) ways.set(destination, clusters);
    else for (const cluster of clusters) known.push(cluster);
  }
  return ways;
}

/** Pairs of a listener and a cluster that requests at it can go to. */
function insideDestinations(parts: EnvoyParts): readonly (readonly [string, string])[] {
  const nameOf = (listener: ConfigNode): string => text(listener, 'name') ?? '';
  return [
    ...parts.managers
      .filter((manager) => !asks(manager))
      .flatMap(({ listener, routes }) =>
        routes
          .flatMap(({ destinations }) => destinations)
          .map((to) => [nameOf(listener), to.kind === 'cluster' ? to.name : ANY_CLUSTER] as const),
      ),
    ...parts.networkFilters
      .filter(({ type }) => type === TYPES.tcpProxy)
      .flatMap(({ body, listener }) =>
        proxiedClusters(body).map((name) => [nameOf(listener), name] as const),
      ),
  ];
}

function groupedBy<T>(
  all: readonly T[],
  keysOf: (each: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    for (const key of keysOf(each)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [each]);
      else group.push(each);
    }
  }
  return groups;
}

/** The names of listeners whose routes are told by another server. */
function unseenListeners({ managers }: EnvoyParts): ReadonlySet<string | undefined> {
  const unseen = managers.filter((manager) => hasUnseenRoutes(manager) && !asks(manager));
  return new Set(unseen.map(({ listener }) => text(listener, 'name')));
}

/** True if another server tells the routes, so that they can lead anywhere. */
function hasUnseenRoutes({ routeTable, node }: Manager): boolean {
  const isElsewhere =
    entry(node, 'rds') !== undefined || entry(node, 'scoped_routes') !== undefined;
  return routeTable === undefined && isElsewhere;
}
