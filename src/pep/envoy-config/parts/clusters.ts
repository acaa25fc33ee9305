import { ENVOY_CALLS_IN_FLIGHT } from '../../../ports/service-limits';
import type { HopTarget } from '../hop-targets';
import { TARGETS_CLUSTER } from '../hop-targets';
import { DEAD_END, listenerNameOf, originNameOf, plainNameOf } from '../../shared/envoy-names';
import { isAddress } from '../origin';
import { TYPES } from '../types';
import { scalar, yaml } from '../yaml-text';
import { addressOf, socketAddress } from './address';
import type { PartContext } from './context';

/** All clusters: Ambit, the targets, and their providers. */
export function clusters(context: PartContext): string {
  const { options, targets } = context;
  const isRecommended = options.variant === 'recommended';
  return yaml`
    ${isRecommended ? DEAD_END_CLUSTER : ''}
    ${ambitCluster(context)}

    ${isRecommended ? '# The names in Ambit’s answers.' : ''}
    ${isRecommended ? targets.map((target) => targetCluster(target, context)).join('\n') : allTargets(context)}

    # The providers themselves: by DNS, over TLS, the certificate checked against the name.
    ${targets.map((target) => originCluster(target, context)).join('\n')}
  `;
}

const DEAD_END_CLUSTER = yaml`
  - name: ${DEAD_END} # the end of every list: without endpoints, so 503
    type: STATIC
    connect_timeout: 1s
`;

function ambitCluster({ options: { ambit }, remark }: PartContext): string {
  return yaml`
    - name: ambit
      type: ${ambit.kind === 'tcp' && !isAddress(ambit) ? 'STRICT_DNS' : 'STATIC'}
      connect_timeout: 0.25s
      ${remark(OVERLOAD)}
      circuit_breakers: { thresholds: [{ max_requests: ${String(ENVOY_CALLS_IN_FLIGHT)} }] }
      typed_extension_protocol_options:
        envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
          '@type': ${TYPES.httpOptions}
          explicit_http_config: { http2_protocol_options: {} }
      load_assignment:
        cluster_name: ambit
        endpoints:
          - lb_endpoints:
              - endpoint:
                  address: ${addressOf(ambit)}
  `;
}

const OVERLOAD =
  'More at once would only wait. Envoy answers the rest with 503 by itself, and Ambit stays fast for those that it took.';

function targetCluster({ id }: HopTarget, { shared, remark }: PartContext): string {
  return yaml`
    - name: ${scalar(id)}
      type: STATIC
      connect_timeout: 1s
      ${remark(RETRIES)}
      circuit_breakers: ${shared('many_retries', '{ thresholds: [{ max_retries: 1024 }] }')}
      load_assignment:
        cluster_name: ${scalar(id)}
        endpoints:
          - lb_endpoints:
              - endpoint:
                  address: { envoy_internal_address: { server_listener_name: ${scalar(listenerNameOf(id))} } }
  `;
}

const RETRIES =
  'By default a cluster allows three retries at a time and silently drops the others, and with them the fallback.';

/** The portable variant: one cluster, whose load balancer takes the addresses that Ambit lists, and no others. */
function allTargets({ targets, remark }: PartContext): string {
  return yaml`
    # The targets, as Ambit lists their addresses.
    - name: ${TARGETS_CLUSTER}
      type: STATIC
      connect_timeout: 1s
      ${remark(RETRIES)}
      circuit_breakers: { thresholds: [{ max_retries: 1024 }] }
      load_assignment:
        cluster_name: ${TARGETS_CLUSTER}
        endpoints:
          - lb_endpoints:
              ${targets.map(internalEndpoint).join('\n')}
      load_balancing_policy:
        policies:
          - typed_extension_config:
              name: envoy.load_balancing_policies.override_host
              typed_config:
                '@type': ${TYPES.overrideHost}
                override_host_sources:
                  - metadata: { key: envoy.filters.http.ext_authz, path: [{ key: hosts }] }
                # What is chosen where the list is missing or used up: a subset that no endpoint is in, so NOTHING.
                fallback_policy:
                  policies:
                    - typed_extension_config:
                        name: envoy.load_balancing_policies.subset
                        typed_config:
                          '@type': ${TYPES.subset}
                          fallback_policy: NO_FALLBACK
                          subset_selectors: [{ keys: [never], fallback_policy: NO_FALLBACK }]
                          subset_lb_policy:
                            policies:
                              - typed_extension_config:
                                  name: envoy.load_balancing_policies.round_robin
                                  typed_config: { '@type': ${TYPES.roundRobin} }
  `;
}

function internalEndpoint({ id }: HopTarget): string {
  const address = `{ envoy_internal_address: { server_listener_name: ${scalar(listenerNameOf(id))}, endpoint_id: ${scalar(plainNameOf(id))} } }`;
  return yaml`
    - endpoint:
        hostname: ${scalar(id)} # for the logs
        address: ${address}
  `;
}

function originCluster(target: HopTarget, context: PartContext): string {
  const { id, origin } = target;
  return yaml`
    - name: ${scalar(originNameOf(id))}
      type: ${isAddress(origin) ? 'STATIC' : 'STRICT_DNS'}
      dns_lookup_family: V4_PREFERRED
      connect_timeout: 3s
      load_assignment:
        cluster_name: ${scalar(originNameOf(id))}
        endpoints:
          - lb_endpoints:
              - endpoint:
                  address: ${socketAddress(origin.host, origin.port)}
      ${origin.usesTls ? tlsSocket(target, context) : '# Without TLS, as the catalog says: the host is this machine.'}
  `;
}

function tlsSocket({ id, origin }: HopTarget, { options }: PartContext): string {
  const kind = isAddress(origin) ? 'IP_ADDRESS' : 'DNS';
  return yaml`
    transport_socket:
      name: envoy.transport_sockets.tls
      typed_config:
        '@type': ${TYPES.upstreamTls}
        ${isAddress(origin) ? '' : `sni: ${scalar(origin.host)}`}
        common_tls_context:
          validation_context:
            trusted_ca: { filename: ${scalar(options.caFiles.get(id) ?? options.caFile)} }
            match_typed_subject_alt_names: [{ san_type: ${kind}, matcher: { exact: ${scalar(origin.host)} } }]
  `;
}
