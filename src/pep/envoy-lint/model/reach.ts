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
  const leading = new Set(others.filter(leadsByItself).map(({ name }) => name));
  // Circles of internal listeners end: each round adds a cluster, or is the last one.
  for (let before = -1; before < leading.size;) {
    before = leading.size;
    const added = others.filter((cluster) => leadsInside(parts, cluster, leading));
    for (const { name } of added) leading.add(name);
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

function leadsInside(parts: EnvoyParts, cluster: Cluster, leading: ReadonlySet<string>): boolean {
  if (leading.has(cluster.name)) return false;
  return cluster.endpoints.some(
    (each) => each.kind === 'internal' && listenerLeads(parts, each.listener, leading),
  );
}

function listenerLeads(parts: EnvoyParts, name: string, leading: ReadonlySet<string>): boolean {
  const managers = parts.managers.filter(
    (each) => text(each.listener, 'name') === name && !asks(each),
  );
  if (managers.some((manager) => managerLeads(leading, manager))) return true;
  const proxies = parts.networkFilters.filter(
    (each) => each.type === TYPES.tcpProxy && text(each.listener, 'name') === name,
  );
  return proxies.some(({ body }) => proxiedClusters(body).some((each) => leading.has(each)));
}

/** True if another server tells the routes, so that they can lead anywhere. */
function hasUnseenRoutes({ routeTable, node }: Manager): boolean {
  const isElsewhere =
    entry(node, 'rds') !== undefined || entry(node, 'scoped_routes') !== undefined;
  return routeTable === undefined && isElsewhere;
}
