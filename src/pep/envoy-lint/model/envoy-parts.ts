import type { ConfigNode } from '../yaml/config-node';
import { clusterOf, type Cluster } from './cluster';
import { each, field, text } from './fields';
import { managerOf, type FindRoutes, type Manager } from './manager';
import { typedConfig, typedOf, type Typed } from './typed';
import { TYPES } from './types';

/** A filter for connections. */
export interface NetworkFilter extends Typed {
  readonly listener: ConfigNode;
}

/** The parts of which a configuration of Envoy consists. */
export interface EnvoyParts {
  /** What one Envoy reads: a bootstrap file, and files of resources. */
  readonly roots: readonly ConfigNode[];
  readonly listeners: readonly ConfigNode[];
  readonly networkFilters: readonly NetworkFilter[];
  readonly managers: readonly Manager[];
  readonly clusters: ReadonlyMap<string, Cluster>;
}

/** The names under which resources stand in files, by their type. */
const RESOURCE_TYPES = {
  listeners: 'envoy.config.listener.v3.Listener',
  clusters: 'envoy.config.cluster.v3.Cluster',
  routes: 'envoy.config.route.v3.RouteConfiguration',
} as const;

/** Reads the parts of what one Envoy reads. */
export function partsOfConfig(roots: readonly ConfigNode[]): EnvoyParts {
  const listeners = partsOf(roots, 'listeners');
  const networkFilters = listeners.flatMap(networkFiltersOf);
  const tables = resourcesOf(roots, RESOURCE_TYPES.routes);
  const findRoutes: FindRoutes = (name) => tables.find((table) => text(table, 'name') === name);
  const managers = networkFilters
    .filter(({ type }) => type === TYPES.manager)
    .map(({ body, listener }) => managerOf(body, listener, findRoutes));
  const clusters = partsOf(roots, 'clusters').map(clusterOf);
  return {
    roots,
    listeners,
    networkFilters,
    managers,
    clusters: new Map(clusters.map((cluster) => [cluster.name, cluster])),
  };
}

function partsOf(
  roots: readonly ConfigNode[],
  kind: 'listeners' | 'clusters',
): readonly ConfigNode[] {
  const fixed = roots.flatMap((root) => each(root, 'static_resources', kind));
  return [...fixed, ...resourcesOf(roots, RESOURCE_TYPES[kind])];
}

function resourcesOf(roots: readonly ConfigNode[], type: string): readonly ConfigNode[] {
  return roots
    .flatMap((root) => each(root, 'resources'))
    .flatMap((resource) => typedOf(resource) ?? [])
    .filter((typed) => typed.type === type)
    .map(({ body }) => body);
}

function networkFiltersOf(listener: ConfigNode): readonly NetworkFilter[] {
  const last = field(listener, 'default_filter_chain');
  const chains = [...each(listener, 'filter_chains'), ...(last === undefined ? [] : [last])];
  const filters = chains.flatMap((chain) => each(chain, 'filters')).map(typedConfig);
  const api = typedOf(field(listener, 'api_listener', 'api_listener'));
  return [...filters, api].flatMap((typed) =>
    typed === undefined ? [] : [{ ...typed, listener }],
  );
}
