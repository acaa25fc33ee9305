import type { ConfigNode, Spot } from '../yaml/config-node';
import { each, entry, field, text } from './fields';
import { typedConfig, typedOf, type Typed } from './typed';
import { nodesIn } from './walk';

/** Where a request goes: to a named cluster, to one that a header names, or to what an extension chooses. */
export type Destination =
  | { readonly kind: 'cluster'; readonly name: string; readonly at: Spot }
  | { readonly kind: 'header'; readonly name: string; readonly at: Spot }
  | { readonly kind: 'specifier'; readonly typed?: Typed; readonly at: Spot };

/** One route. */
export interface Route {
  readonly node: ConfigNode;
  readonly host: VirtualHost;
  /** What it does with a request that it sends on; absent where it answers by itself. */
  readonly action?: ConfigNode;
  readonly destinations: readonly Destination[];
}

/** Routes for some hosts. */
export interface VirtualHost {
  readonly node: ConfigNode;
  readonly routes: readonly Route[];
}

/** The virtual hosts of a table, those routes included that a matcher chooses. */
export function routesIn(table: ConfigNode | undefined): readonly VirtualHost[] {
  return each(table, 'virtual_hosts').map((node) => {
    const host: { node: ConfigNode; routes: Route[] } = { node, routes: [] };
    const nodes = [...each(node, 'routes'), ...matchedRoutes(field(node, 'matcher'))];
    for (const route of nodes) host.routes.push(routeOf(route, host, table));
    return host;
  });
}

function matchedRoutes(matcher: ConfigNode | undefined): readonly ConfigNode[] {
  return nodesIn(matcher).flatMap((node) => {
    const type = typedOf(node)?.type;
    if (type === 'envoy.config.route.v3.Route') return [node];
    return type === 'envoy.config.route.v3.RouteList' ? each(node, 'routes') : [];
  });
}

function routeOf(node: ConfigNode, host: VirtualHost, table: ConfigNode | undefined): Route {
  const action = field(node, 'route');
  if (action === undefined) return { node, host, destinations: [] };
  return { node, host, action, destinations: destinationsOf(action, table) };
}

function destinationsOf(action: ConfigNode, table: ConfigNode | undefined): readonly Destination[] {
  const weighted = each(action, 'weighted_clusters', 'clusters');
  return [
    ...namedIn(action, 'cluster'),
    ...weighted.flatMap((each) => namedIn(each, 'name')),
    ...specifierIn(action, table),
  ];
}

function namedIn(node: ConfigNode, key: string): readonly Destination[] {
  const name = text(node, key);
  const header = text(node, 'cluster_header');
  return [
    ...(name === undefined
      ? []
      : [{ kind: 'cluster', name, at: field(node, key) ?? node } as const]),
    ...(header === undefined
      ? []
      : [{ kind: 'header', name: header, at: field(node, 'cluster_header') ?? node } as const]),
  ];
}

function specifierIn(action: ConfigNode, table: ConfigNode | undefined): readonly Destination[] {
  const inline = entry(action, 'inline_cluster_specifier_plugin');
  if (inline !== undefined) return [specifierOf(inline.value, inline.key)];
  const named = entry(action, 'cluster_specifier_plugin');
  if (named === undefined) return [];
  const plugin = each(table, 'cluster_specifier_plugins').find(
    (each) => text(each, 'extension', 'name') === text(named.value),
  );
  return [specifierOf(plugin, named.value)];
}

function specifierOf(plugin: ConfigNode | undefined, at: Spot): Destination {
  const typed = typedConfig(field(plugin, 'extension'));
  return typed === undefined ? { kind: 'specifier', at } : { kind: 'specifier', typed, at };
}
