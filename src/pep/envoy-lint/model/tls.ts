import type { ConfigNode } from '../yaml/config-node';
import type { Cluster } from './cluster';
import { each, entry, field, isTrue, text } from './fields';
import { httpOptionsOf } from './http-options';
import { typedConfig } from './typed';
import { TYPES } from './types';

/** How a cluster speaks to some of its endpoints. */
export interface Transport {
  readonly cluster: Cluster;
  /** Where it is configured, or else the cluster's name. */
  readonly at: ConfigNode;
  /** Absent: plaintext. */
  readonly tls?: ConfigNode;
  /** The type, where it is neither plaintext nor TLS. */
  readonly unknown?: string;
}

const PLAINTEXT = 'transport_sockets.raw_buffer.';

/** All ways in which a cluster speaks to its endpoints: the usual one, and those for some of them. */
export function transportsOf(cluster: Cluster): readonly Transport[] {
  const sockets = [
    field(cluster.node, 'transport_socket'),
    ...each(cluster.node, 'transport_socket_matches').map((one) => field(one, 'transport_socket')),
  ];
  const name = field(cluster.node, 'name') ?? cluster.node;
  const present = sockets.filter((socket) => socket !== undefined);
  if (present.length === 0) return [{ cluster, at: name }];
  return present.map((socket) => transportOf(cluster, socket));
}

function transportOf(cluster: Cluster, socket: ConfigNode): Transport {
  const typed = typedConfig(socket);
  const inner = field(typed?.body, 'transport_socket');
  // Some sockets only add something to another one.
  if (inner !== undefined) return transportOf(cluster, inner);
  if (typed?.type === TYPES.upstreamTls) return { cluster, at: socket, tls: typed.body };
  const isPlain = typed === undefined || typed.type.startsWith(PLAINTEXT);
  return isPlain ? { cluster, at: socket } : { cluster, at: socket, unknown: typed.type };
}

/** What a certificate is checked by; absent where another server or a file would say it, or nothing does. */
export function validationOf(tls: ConfigNode): ConfigNode | undefined {
  const common = field(tls, 'common_tls_context');
  return (
    field(common, 'validation_context') ??
    field(common, 'combined_validation_context', 'default_validation_context')
  );
}

/** True if what certificates are checked by comes from somewhere else. */
export function hasForeignValidation(tls: ConfigNode): boolean {
  const common = field(tls, 'common_tls_context');
  return (
    entry(common, 'validation_context_sds_secret_config') !== undefined ||
    entry(field(common, 'combined_validation_context'), 'validation_context_sds_secret_config') !==
      undefined
  );
}

/** True if Envoy takes the name to ask for, or to check, from the host of the request. */
export function takesFromHost(
  { node }: Cluster,
  setting: 'auto_sni' | 'auto_san_validation',
): boolean {
  return isTrue(httpOptionsOf(node), 'upstream_http_protocol_options', setting);
}

/** What a name in a certificate must match. */
export function namesOf(validation: ConfigNode | undefined): readonly ConfigNode[] {
  return [
    ...each(validation, 'match_typed_subject_alt_names').flatMap(
      (one) => field(one, 'matcher') ?? [],
    ),
    ...each(validation, 'match_subject_alt_names'),
  ];
}

/** True if a name is held to something that only one owner can have. */
export function isNarrowName(matcher: ConfigNode): boolean {
  if (text(matcher, 'exact') !== undefined) return true;
  const suffix = text(matcher, 'suffix');
  if (suffix !== undefined) return /^\.?[^.]+\.[^.]+/u.test(suffix);
  const regex = text(matcher, 'safe_regex', 'regex');
  return regex !== undefined && /[a-z0-9-]\\?\.[a-z]/iu.test(regex);
}
