import type { ConfigNode } from '../yaml/config-node';
import { each, entry, field, text } from './fields';
import { typedConfig, type Typed } from './typed';

/** Where a cluster connects to. */
export type Endpoint =
  | { readonly kind: 'internal'; readonly listener: string; readonly node: ConfigNode }
  | { readonly kind: 'pipe'; readonly node: ConfigNode }
  | { readonly kind: 'socket'; readonly host: string; readonly node: ConfigNode };

/** A cluster: what a name in a route or in Ambit's answer stands for. */
export interface Cluster {
  readonly node: ConfigNode;
  readonly name: string;
  readonly endpoints: readonly Endpoint[];
  /** What kind of cluster it is, where an extension is one: aggregates and the like. */
  readonly custom?: Typed;
  /** True if where it connects to is not in the file: another server or the request says it. */
  readonly isOpen: boolean;
}

/** Types of clusters whose endpoints come from elsewhere. */
const OPEN_TYPES = ['EDS', '3', 'ORIGINAL_DST', '4'];

/** Extensions that are plain clusters in another dress. */
const PLAIN_EXTENSION = /^clusters\.(?:static|dns|strict_dns|logical_dns)\./u;

/** Reads a cluster. */
export function clusterOf(node: ConfigNode): Cluster {
  const typed = typedConfig(field(node, 'cluster_type'));
  const isExtension = entry(node, 'cluster_type') !== undefined;
  const isPlain = typed !== undefined && PLAIN_EXTENSION.test(typed.type);
  return {
    node,
    name: text(node, 'name') ?? '',
    endpoints: each(node, 'load_assignment', 'endpoints').flatMap((locality) =>
      each(locality, 'lb_endpoints').flatMap(endpointOf),
    ),
    ...(isExtension && !isPlain && typed !== undefined ? { custom: typed } : {}),
    isOpen: OPEN_TYPES.includes(text(node, 'type') ?? '') || (isExtension && !isPlain),
  };
}

function endpointOf(item: ConfigNode): readonly Endpoint[] {
  const endpoint = field(item, 'endpoint');
  const address = field(endpoint, 'address');
  if (address === undefined) return [];
  const further = each(endpoint, 'additional_addresses').map((each) => field(each, 'address'));
  return [address, ...further].flatMap((each) => (each === undefined ? [] : [addressOf(each)]));
}

function addressOf(node: ConfigNode): Endpoint {
  const listener = text(node, 'envoy_internal_address', 'server_listener_name');
  if (listener !== undefined) return { kind: 'internal', listener, node };
  if (entry(node, 'pipe') !== undefined) return { kind: 'pipe', node };
  return { kind: 'socket', host: text(node, 'socket_address', 'address') ?? '', node };
}

/** True for addresses that do not leave the machine. A name may be resolved to anything, save `localhost`. */
export function isLoopback(host: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|::1|\[::1\]|localhost|::ffff:127(?:\.\d{1,3}){3})$/iu.test(host);
}
