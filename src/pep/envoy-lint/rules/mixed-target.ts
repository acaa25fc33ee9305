import type { Cluster } from '../model/cluster';
import type { EnvoyModel } from '../model/envoy-model';
import { bodyChanges, modelIn, modelNode, writesModel } from '../model/hop-body';
import { leadingRoutes } from '../model/levels';
import type { Manager } from '../model/manager';
import { nodesIn } from '../model/walk';
import { entry, field, text } from '../model/fields';
import { proxiedClusters } from '../model/reach';
import {
  insideOf,
  isSingle,
  listenerSpot,
  ownersOf,
  singlesOf,
  type Owners,
} from '../model/target-places';
import { TYPES } from '../model/types';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';
import { mixedWays } from './mixed-ways';

/** Ambit allows a name; where the name leads is for the configuration to say, and each must lead to one place of its own. */
export const mixedTarget: Rule = {
  code: 'mixed_target',
  severity: 'error',
  meaning: 'a target leads to what is another target’s, too, or to several places',
  remedy:
    'give each target one cluster, that one internal listener, and that one cluster of the provider, as `ambit envoy config` does',
  check: (model) => {
    const singles = singlesOf(model);
    const owners = ownersOf(singles);
    const proxied = proxiedListeners(model);
    return [
      ...singles.flatMap((cluster) => endpointHits(owners, cluster)),
      ...model.targets.flatMap((cluster) => proxyHits(proxied, cluster)),
      ...model.targets.filter((each) => !isSingle(each)).flatMap(furtherHits),
      ...model.hops.flatMap((hop) => modelHits(model, hop)),
      ...mixedWays(model),
    ];
  },
};

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
    return [{ at: listenerSpot(node), message }];
  });
}

/** Further addresses of an endpoint that goes by the name of one target. */
function furtherHits({ node }: Cluster): readonly Hit[] {
  return nodesIn(field(node, 'load_assignment'))
    .flatMap((each) => entry(each, 'additional_addresses')?.key ?? [])
    .map((at) => ({ at, message: 'a target leads to these as well, and Ambit has judged one' }));
}

/** One target has one model; where routes of its hop write several, nobody has judged the others. */
function modelHits({ leadingClusters }: EnvoyModel, hop: Manager): readonly Hit[] {
  const written = leadingRoutes(hop, leadingClusters).flatMap((route) => {
    const last = bodyChanges(hop, route).findLast(({ body }) => writesModel(body));
    return last === undefined ? [] : [{ body: last.body, isOwn: !last.isOverridden }];
  });
  const own = written.find(({ isOwn }) => isOwn) ?? written[0];
  return written
    .filter(({ body }) => own !== undefined && modelIn(body) !== modelIn(own.body))
    .map(({ body }) => ({
      at: modelNode(body) ?? body,
      message: `the way to one target writes ${quote(modelIn(body) ?? '')} and another model`,
    }));
}

/** The listeners from which connections go on to a provider as they are. */
function proxiedListeners({ networkFilters, leadingClusters }: EnvoyModel): ReadonlySet<string> {
  return new Set(
    networkFilters
      .filter(({ type }) => type === TYPES.tcpProxy)
      .filter(({ body }) => proxiedClusters(body).some((name) => leadingClusters.has(name)))
      .map(({ listener }) => text(listener, 'name') ?? ''),
  );
}

function proxyHits(proxied: ReadonlySet<string>, cluster: Cluster): readonly Hit[] {
  return insideOf(cluster)
    .filter(({ listener }) => proxied.has(listener))
    .map(({ listener, node }) => ({
      at: listenerSpot(node),
      message: `${quote(listener)} passes connections on as they are, so that nothing holds them to the target`,
    }));
}
