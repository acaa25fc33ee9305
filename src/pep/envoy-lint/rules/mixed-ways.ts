import type { EnvoyModel } from '../model/envoy-model';
import { entry, text } from '../model/fields';
import { leadingRoutes } from '../model/levels';
import type { Manager } from '../model/manager';
import type { Destination, Route } from '../model/routes';
import { overrideBalancers } from '../model/specifiers';
import { listenerNameOf, ORIGIN_SUFFIX } from '../../shared/envoy-names';
import { quote } from '../quote';
import type { Hit } from '../rule';

/** Where the internal listeners lead: each to one cluster, which no other one leads to. */
interface Ways {
  readonly model: EnvoyModel;
  /** The first cluster that a listener leads to. */
  readonly clusterOf: Map<string, string>;
  /** The first listener that leads to a cluster. */
  readonly listenerOf: Map<string, string>;
  readonly listeners: ReadonlySet<string>;
}

/** The places at which the way to one target can end at another one. */
export function mixedWays(model: EnvoyModel): readonly Hit[] {
  const ways: Ways = {
    model,
    clusterOf: new Map(),
    listenerOf: new Map(),
    listeners: new Set(model.hops.map(nameOf)),
  };
  const routes = model.hops.flatMap((hop) =>
    leadingRoutes(hop, model.leadingClusters).map((route) => ({ hop: nameOf(hop), route })),
  );
  return routes.flatMap(({ hop, route }) => routeHits(ways, hop, route));
}

function routeHits(ways: Ways, hop: string, { action, destinations }: Route): readonly Hit[] {
  const weighted = entry(action, 'weighted_clusters');
  if (weighted !== undefined) {
    return [{ at: weighted.key, message: 'the way to one target leads to what a weight chooses' }];
  }
  return destinations.flatMap((to) => {
    const message = faultOf(ways, hop, to);
    return message === undefined ? [] : [{ at: to.at, message }];
  });
}

function faultOf(ways: Ways, hop: string, to: Destination): string | undefined {
  if (to.kind !== 'cluster') return 'the way to one target leads to what each request chooses';
  const { clusterOf, listenerOf } = ways;
  const owner = ownerOf(ways, hop, to.name);
  if (owner !== undefined)
    return `this leads to the provider of ${quote(owner)}, on the way to another target`;
  const first = clusterOf.get(hop) ?? to.name;
  clusterOf.set(hop, first);
  if (first !== to.name)
    return `the way to one target leads to ${quote(to.name)} and to ${quote(first)}`;
  const other = listenerOf.get(to.name) ?? hop;
  listenerOf.set(to.name, other);
  return other === hop ? undefined : `${quote(other)} leads to ${quote(to.name)}, too`;
}

/** Another target, by whose name the cluster goes or to whose listener it leads. */
function ownerOf(ways: Ways, hop: string, name: string): string | undefined {
  const { model, listeners } = ways;
  const target = name.endsWith(ORIGIN_SUFFIX) ? name.slice(0, -ORIGIN_SUFFIX.length) : undefined;
  const own = target === undefined ? hop : listenerNameOf(target);
  if (own !== hop && listeners.has(own)) return target;
  const cluster = model.clusters.get(name);
  if (cluster === undefined) return undefined;
  // Behind the cluster of all targets, and behind the listener of one, begins the way to a target.
  if (overrideBalancers(cluster.node).length > 0) return name;
  const inside = cluster.endpoints.flatMap((each) =>
    each.kind === 'internal' ? [each.listener] : [],
  );
  return inside.some((listener) => listener.startsWith(listenerNameOf(''))) ? name : undefined;
}

function nameOf({ listener }: Manager): string {
  return text(listener, 'name') ?? '';
}
