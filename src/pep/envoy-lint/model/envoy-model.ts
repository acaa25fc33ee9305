import type { ConfigNode } from '../yaml/config-node';
import type { Cluster } from './cluster';
import { partsOfConfig, type EnvoyParts } from './envoy-parts';
import { filtersOf, type HttpFilter, type Manager } from './manager';
import { ambitClustersOf, asks, isRemote, leadingClustersOf, managerLeads } from './reach';
import { TYPES } from './types';

/** A filter that asks Ambit, and what it belongs to. */
export interface AskingFilter {
  readonly manager: Manager;
  readonly filter: HttpFilter;
}

/** What rules know of a configuration: its parts, and how they hang together. */
export interface EnvoyModel extends EnvoyParts {
  readonly ambitClusters: ReadonlySet<string>;
  /** The clusters by which a request reaches a provider without Ambit being asked on the way. */
  readonly leadingClusters: ReadonlySet<string>;
  /** What takes requests that can end at a provider, and asks Ambit. */
  readonly asking: readonly Manager[];
  readonly askingFilters: readonly AskingFilter[];
  /** What takes requests of clients that can end at a provider, and asks nobody. */
  readonly unasking: readonly Manager[];
  /** The internal listeners that lead to a provider once Ambit was asked. */
  readonly hops: readonly Manager[];
  /** What Ambit's answer can name: the clusters that lead to a provider, save those that only hops lead to. */
  readonly targets: readonly Cluster[];
  /** The clusters whose connections leave the machine, those to Ambit included. */
  readonly remotes: readonly Cluster[];
}

/** Builds the model of what one Envoy reads. */
export function modelOf(roots: readonly ConfigNode[]): EnvoyModel {
  const parts = partsOfConfig(roots);
  const leadingClusters = leadingClustersOf(parts);
  const leading = parts.managers.filter((manager) => managerLeads(leadingClusters, manager));
  const asking = leading.filter(asks);
  const others = leading.filter((manager) => !asks(manager));
  const hops = others.filter(({ isInternal }) => isInternal);
  const clusters = [...parts.clusters.values()];
  const origins = clustersNamedIn(hops);
  return {
    ...parts,
    ambitClusters: ambitClustersOf(parts),
    leadingClusters,
    asking,
    askingFilters: asking.flatMap((manager) =>
      filtersOf(manager, TYPES.extAuthz).map((filter) => ({ manager, filter })),
    ),
    unasking: others.filter(({ isInternal }) => !isInternal),
    hops,
    targets: clusters.filter(({ name }) => leadingClusters.has(name) && !origins.has(name)),
    remotes: clusters.filter(isRemote),
  };
}

function clustersNamedIn(managers: readonly Manager[]): ReadonlySet<string> {
  const destinations = managers.flatMap(({ routes }) =>
    routes.flatMap((route) => route.destinations),
  );
  return new Set(destinations.map((each) => (each.kind === 'cluster' ? each.name : '')));
}
