import type { Cluster, Endpoint } from '../model/cluster';
import type { EnvoyModel } from '../model/envoy-model';
import { field, text } from '../model/fields';
import { leadingRoutes } from '../model/levels';
import type { Manager } from '../model/manager';
import { overrideBalancers } from '../model/specifiers';
import { listenerNameOf, ORIGIN_SUFFIX } from '../../shared/envoy-names';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';

/** Ambit allows a name; where the name leads is for the configuration to say, and each must lead to one place of its own. */
export const mixedTarget: Rule = {
  code: 'mixed_target',
  severity: 'error',
  meaning: 'a target leads to what is another target’s, too, or to several places',
  remedy:
    'give each target one cluster, that one internal listener, and that one cluster of the provider, as `ambit envoy config` does',
  check: (model) => {
    const owners = ownersOf(model.targets.filter(isSingle));
    const listeners = new Set(model.hops.map(listenerOf));
    return [
      ...model.targets.filter(isSingle).flatMap((cluster) => endpointHits(owners, cluster)),
      ...model.hops.flatMap((hop) => originHits(model, hop, listeners)),
    ];
  },
};

/** The cluster of all targets, whose endpoint Ambit names with listener and id, is none of them. */
function isSingle({ custom, node }: Cluster): boolean {
  return custom === undefined && overrideBalancers(node).length === 0;
}

type Inside = Extract<Endpoint, { readonly kind: 'internal' }>;

/** Whose a listener is: of the target that it is named after, or else of the first one that leads to it. */
type Owners = ReadonlyMap<string, string>;

function ownersOf(targets: readonly Cluster[]): Owners {
  const first = targets
    .flatMap((cluster) =>
      insideOf(cluster).map(({ listener }) => [listener, cluster.name] as const),
    )
    .reverse();
  return new Map([...first, ...targets.map(({ name }) => [listenerNameOf(name), name] as const)]);
}

function endpointHits(owners: Owners, cluster: Cluster): readonly Hit[] {
  const inside = insideOf(cluster);
  if (inside.length > 0 && cluster.endpoints.length > 1) {
    const message = `${quote(cluster.name)} leads to several places, and Ambit has judged one target`;
    return [{ at: field(cluster.node, 'name') ?? cluster.node, message }];
  }
  return inside.flatMap(({ listener, node }) => {
    const owner = owners.get(listener);
    if (owner === undefined || owner === cluster.name) return [];
    const message = `${quote(cluster.name)} leads to ${quote(listener)}, which is that of ${quote(owner)}`;
    return [{ at: field(node, 'envoy_internal_address', 'server_listener_name') ?? node, message }];
  });
}

function insideOf({ endpoints }: Cluster): readonly Inside[] {
  return endpoints.filter((each) => each.kind === 'internal');
}

function originHits(
  { leadingClusters }: EnvoyModel,
  hop: Manager,
  listeners: ReadonlySet<string>,
): readonly Hit[] {
  const named = leadingRoutes(hop, leadingClusters)
    .flatMap(({ destinations }) => destinations)
    .flatMap((each) => (each.kind === 'cluster' ? [each] : []));
  const [first] = named;
  return named.flatMap(({ name, at }) => {
    if (name !== first?.name) {
      const message = `the way to one target leads to ${quote(name)} and to ${quote(first?.name ?? '')}`;
      return [{ at, message }];
    }
    const owner = ownerOfOrigin(listeners, hop, name);
    const message = `this is the cluster of the provider of ${quote(owner ?? '')}, on the way to another target`;
    return owner === undefined ? [] : [{ at, message }];
  });
}

/** The target by whose name the cluster goes, if it has a listener of its own and that is not this one. */
function ownerOfOrigin(
  listeners: ReadonlySet<string>,
  hop: Manager,
  name: string,
): string | undefined {
  if (!name.endsWith(ORIGIN_SUFFIX)) return undefined;
  const target = name.slice(0, -ORIGIN_SUFFIX.length);
  const own = listenerNameOf(target);
  return own !== listenerOf(hop) && listeners.has(own) ? target : undefined;
}

function listenerOf({ listener }: Manager): string {
  return text(listener, 'name') ?? '';
}
