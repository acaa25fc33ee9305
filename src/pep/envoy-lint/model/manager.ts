import type { ConfigNode } from '../yaml/config-node';
import { each, entry, field, isTrue, text } from './fields';
import { routesIn, type Route, type VirtualHost } from './routes';
import { overridesIn, typedConfig, type Override, type Typed } from './typed';
import { TYPES } from './types';

/** A filter for requests, in the order in which they run. */
export interface HttpFilter {
  readonly node: ConfigNode;
  readonly name: string;
  /** Empty where another server would tell what it is. */
  readonly type: string;
  readonly body: ConfigNode;
  /** True if it runs only where a matcher says so. */
  readonly isConditional: boolean;
}

/** What takes HTTP requests at a listener: `HttpConnectionManager`. */
export interface Manager {
  readonly node: ConfigNode;
  readonly listener: ConfigNode;
  /** True if only clusters of this Envoy lead to it, and no client. */
  readonly isInternal: boolean;
  readonly filters: readonly HttpFilter[];
  /** Absent where another server would tell the routes. */
  readonly routeTable?: ConfigNode;
  readonly hosts: readonly VirtualHost[];
  readonly routes: readonly Route[];
}

/** Finds a table of routes by its name, where a file of resources holds it. */
export type FindRoutes = (name: string) => ConfigNode | undefined;

/** Reads what takes HTTP requests. */
export function managerOf(node: ConfigNode, listener: ConfigNode, findRoutes: FindRoutes): Manager {
  const routeTable =
    field(node, 'route_config') ?? findRoutes(text(node, 'rds', 'route_config_name') ?? '');
  const hosts = routesIn(routeTable);
  return {
    node,
    listener,
    isInternal: entry(listener, 'internal_listener') !== undefined,
    filters: each(node, 'http_filters').map(filterOf),
    ...(routeTable === undefined ? {} : { routeTable }),
    hosts,
    routes: hosts.flatMap(({ routes }) => routes),
  };
}

function filterOf(node: ConfigNode): HttpFilter {
  const name = text(node, 'name') ?? '';
  const typed = typedConfig(node);
  if (typed?.type !== TYPES.matching)
    return { node, name, ...bodyOf(typed, node), isConditional: false };
  const inner = typedConfig(field(typed.body, 'extension_config'));
  return { node, name, ...bodyOf(inner, node), isConditional: true };
}

function bodyOf(typed: Typed | undefined, node: ConfigNode): Pick<HttpFilter, 'type' | 'body'> {
  return { type: typed?.type ?? '', body: typed?.body ?? node };
}

/** The filters of one type. */
export function filtersOf({ filters }: Manager, type: string): readonly HttpFilter[] {
  return filters.filter((filter) => filter.type === type);
}

/** The filters that run between the first one of a type and the router. */
export function filtersAfter({ filters }: Manager, type: string): readonly HttpFilter[] {
  const first = filters.findIndex((filter) => filter.type === type);
  if (first === -1) return [];
  return filters.slice(first + 1).filter((filter) => filter.type !== TYPES.router);
}

/** True for a filter that is off until a route switches it on. */
export function isOff({ node }: HttpFilter): boolean {
  return isTrue(node, 'disabled');
}

/** True for a filter that runs for every request: nothing switches it off, replaces it or makes it depend on the request. */
export function alwaysRuns(manager: Manager, filter: HttpFilter): boolean {
  const isReplaced = overridesOf(manager).some((override) => override.filter === filter.name);
  return !filter.isConditional && !isOff(filter) && !isReplaced;
}

/** All that routes, virtual hosts, the table itself and weighted clusters say to filters. */
export function overridesOf({ routeTable, hosts, routes }: Manager): readonly Override[] {
  const holders = [
    ...(routeTable === undefined ? [] : [routeTable]),
    ...hosts.map(({ node }) => node),
    ...routes.flatMap(({ node, action }) => [
      node,
      ...each(action, 'weighted_clusters', 'clusters'),
    ]),
  ];
  return holders.flatMap(overridesIn);
}

/** What filters do by themselves, and what routes make of them: many do nothing but where a route says so. */
export function bodiesOf(manager: Manager, filters: readonly HttpFilter[]): readonly ConfigNode[] {
  const names = new Set(filters.map(({ name }) => name));
  const overrides = overridesOf(manager).filter(({ filter }) => names.has(filter));
  return [...filters, ...overrides].map(({ body }) => body);
}

/** What Ambit is told beside the request: all of `context_extensions`. */
export function contextsOf(manager: Manager): readonly ConfigNode[] {
  return overridesOf(manager).flatMap(({ type, body }) => {
    const context = field(body, 'check_settings', 'context_extensions');
    return type === TYPES.extAuthzPerRoute && context !== undefined ? [context] : [];
  });
}
