import type { Cluster, Endpoint } from './cluster';
import type { EnvoyModel } from './envoy-model';
import { field } from './fields';
import { overrideBalancers } from './specifiers';
import { listenerNameOf } from '../../shared/envoy-names';
import type { ConfigNode, Spot } from '../yaml/config-node';

/** The clusters that lead to one place each: targets, and what hops lead to. */
export function singlesOf({ clusters, leadingClusters }: EnvoyModel): readonly Cluster[] {
  return [...clusters.values()].filter(
    (cluster) => leadingClusters.has(cluster.name) && isSingle(cluster),
  );
}

/** The cluster of all targets, whose endpoint Ambit names with listener and id, is none of them. */
export function isSingle({ custom, node }: Cluster): boolean {
  return custom === undefined && overrideBalancers(node).length === 0;
}

type Inside = Extract<Endpoint, { readonly kind: 'internal' }>;

/** Whose a listener is: of the target that it is named after, or else of the first one that leads to it. */
export type Owners = ReadonlyMap<string, string>;

/** Finds whose each listener is. */
export function ownersOf(targets: readonly Cluster[]): Owners {
  const first = targets
    .flatMap((cluster) =>
      insideOf(cluster).map(({ listener }) => [listener, cluster.name] as const),
    )
    .reverse();
  return new Map([...first, ...targets.map(({ name }) => [listenerNameOf(name), name] as const)]);
}

/** Where an endpoint names its listener. */
export function listenerSpot(node: ConfigNode): Spot {
  return field(node, 'envoy_internal_address', 'server_listener_name') ?? node;
}

/** The endpoints that are internal listeners. */
export function insideOf({ endpoints }: Pick<Cluster, 'endpoints'>): readonly Inside[] {
  return endpoints.filter((each) => each.kind === 'internal');
}
