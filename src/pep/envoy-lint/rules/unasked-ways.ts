import type { EnvoyModel } from '../model/envoy-model';
import { each, field, text } from '../model/fields';
import { proxiedClusters } from '../model/reach';
import { typedConfig } from '../model/typed';
import { TYPES } from '../model/types';
import { nodesIn } from '../model/walk';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

const DYNAMIC = 'dynamic_forward_proxy';
const COMPOSITE = /^clusters\.(?:aggregate|composite)\./u;

/** Bytes that no HTTP filter looks at. */
export const tcpProxy: Rule = {
  code: 'tcp_proxy',
  severity: 'error',
  meaning: 'connections of clients are passed on to a provider as they are',
  remedy: 'remove the proxy, or let it lead to an internal listener that asks Ambit',
  check: (model) => [...proxyHits(model), ...otherProxyHits(model)],
};

const PASSED = 'whoever connects here reaches a provider, and Ambit is not asked';

function proxyHits({ networkFilters, leadingClusters }: EnvoyModel): readonly Hit[] {
  return networkFilters
    .filter(
      ({ type, listener }) =>
        type === TYPES.tcpProxy && field(listener, 'internal_listener') === undefined,
    )
    .filter(({ body }) => proxiedClusters(body).some((name) => leadingClusters.has(name)))
    .map(({ body }) => ({
      at: field(body, 'cluster') ?? field(body, 'weighted_clusters') ?? body,
      message: PASSED,
    }));
}

/** Proxies of packets, and what takes the cluster from the name that a client asks for. */
function otherProxyHits({
  networkFilters,
  listeners,
  leadingClusters,
}: EnvoyModel): readonly Hit[] {
  const leads = (node: ConfigNode): boolean => leadingClusters.has(text(node, 'cluster') ?? '');
  const packets = listeners
    .flatMap((listener) => each(listener, 'listener_filters'))
    .flatMap((filter) => typedConfig(filter) ?? [])
    .filter(({ type }) => type.startsWith('filters.udp.udp_proxy.'))
    .filter(({ body }) => nodesIn(body).some(leads));
  const named = networkFilters.filter(({ type }) =>
    type.startsWith('filters.network.sni_cluster.'),
  );
  return [...packets, ...(leadingClusters.size > 0 ? named : [])].map(({ at }) => ({
    at,
    message: PASSED,
  }));
}

/** With it the request says which host it goes to. */
export const dynamicForwardProxy: Rule = {
  code: 'dynamic_forward_proxy',
  severity: 'error',
  meaning: 'the host of a request says where it is sent',
  remedy: 'remove it, and give each provider a cluster of its own',
  check: ({ managers, clusters, networkFilters }) => [
    ...managers
      .flatMap(({ filters }) => filters)
      .filter(({ type }) => type.includes(DYNAMIC))
      .map(({ node }) => ({ at: node, message: MESSAGE })),
    ...networkFilters
      .filter(({ type }) => type.includes(DYNAMIC))
      .map(({ at }) => ({ at, message: MESSAGE })),
    ...[...clusters.values()]
      .filter(({ custom }) => custom?.type.includes(DYNAMIC) === true)
      .map(({ node }) => ({ at: field(node, 'name') ?? node, message: MESSAGE })),
    ...[...clusters.values()]
      .map(({ node }) => field(node, 'type'))
      .filter((type) => type !== undefined)
      .filter((type) => ORIGINAL.includes(text(type) ?? ''))
      .map((at) => ({
        at,
        message: 'the address that a client connected to, or a header, says who gets the prompt',
      })),
  ],
};

/** Clusters that connect to where the connection was meant to go. */
const ORIGINAL: readonly string[] = ['ORIGINAL_DST', '4'];

const MESSAGE = 'the client chooses by its host header which server gets the prompt';

/** The filters of the clusters within do not run, and the order is fixed in the file. */
export const compositeCluster: Rule = {
  code: 'composite_cluster',
  severity: 'error',
  meaning: 'a cluster is made of several providers, and chooses among them by itself',
  remedy: 'let the route walk Ambit’s list, one cluster for each target',
  check: ({ clusters, leadingClusters }) =>
    [...clusters.values()]
      .filter(({ custom, name }) => COMPOSITE.test(custom?.type ?? '') && leadingClusters.has(name))
      .map(({ node, name }) => ({
        at: field(node, 'name') ?? node,
        message: `${quote(text(node, 'name') ?? name)} goes to the next of its clusters whatever Ambit has named, and without their filters: no key is set, and the client’s own is sent to all`,
      })),
};
