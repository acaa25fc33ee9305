import { CLEARED, PATH, REWRITTEN, ROUTING_FIELDS } from '../../../ports/own-extensions';
import { TYPES } from '../types';
import { scalar, yaml } from '../yaml-text';
import { addressOf } from './address';
import { decisionFilters } from './decision-filters';
import type { PartContext } from './context';
import { ACCOUNT_HEADERS, CREDENTIAL_HEADERS } from '../../shared/credential-headers';
import { localReplies } from './local-replies';
import { attemptLog, requestLog } from './logs';
import { routeTo } from './walk';

/** Above what Ambit is shown of a body: a request is held whole, for Ambit and for further attempts. */
const BUFFER_BYTES = 8_388_608;

/** The size of buffers, which all listeners share. */
export function bufferBytes({ shared }: PartContext): string {
  return shared('buffer_bytes', String(BUFFER_BYTES));
}

/** Drops the headers that speak to Ambit and to Envoy's router. */
export function stripControlHeaders({ shared }: PartContext): string {
  return shared(
    'strip_control_headers',
    yaml`
      - name: strip-control-headers
        typed_config:
          '@type': ${TYPES.earlyMutation}
          mutations:
            - remove_on_match: { key_matcher: { prefix: x-ambit- } }
            - remove_on_match: { key_matcher: { prefix: x-envoy- } }
    `,
  );
}

/** The listener that clients connect to. */
export function ingress(context: PartContext): string {
  const removed = [...CREDENTIAL_HEADERS, ...ACCOUNT_HEADERS].map((name) => `- ${name}`);
  return yaml`
    - name: ingress
      address: ${addressOf(context.options.listen)}
      # Above max_request_bytes: a request is held whole, for Ambit and for further attempts.
      per_connection_buffer_limit_bytes: ${bufferBytes(context)}
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                '@type': ${TYPES.manager}
                stat_prefix: ingress
                # Some servers read \`_\` as \`-\`, so that another spelling of a header would be the header again.
                common_http_protocol_options: { headers_with_underscores_action: DROP_HEADER }
                # Ambit must judge the path that the provider will see.
                normalize_path: true
                merge_slashes: true
                path_with_escaped_slashes_action: REJECT_REQUEST
                request_timeout: 30s # to receive the whole request
                stream_idle_timeout: 300s # a long generation may be silent for a while
                # upgrade_configs stays unset: a policy over bodies cannot see into a WebSocket.
                early_header_mutation_extensions: ${stripControlHeaders(context)}
                ${localReplies()}
                ${requestLog(context)}
                route_config:
                  name: ai
                  # The client's own credentials end here; each provider gets its own key, in its internal listener. So do the
                  # headers that choose another account under that key, for which other claims may hold.
                  request_headers_to_remove:
                    ${removed.join('\n')}
                  virtual_hosts:
                    - name: ai
                      domains: ['*']
                      typed_per_filter_config:
                        envoy.filters.http.ext_authz:
                          '@type': ${TYPES.extAuthzPerRoute}
                          check_settings:
                            context_extensions: ${extensions(context)}
                      routes:
                        - match: { prefix: / }
                          route:
                            ${routeTo(context)}
                http_filters:
                  ${decisionFilters(context)}
                  - name: envoy.filters.http.router
                    typed_config:
                      '@type': ${TYPES.router}
                      suppress_envoy_headers: true
                      ${attemptLog(context)}
  `;
}

/** What every hop does, and so lets Ambit count on: it writes the target's own path, model and account included. */
const PATHS = [PATH, REWRITTEN] as const;

/** The same for bodies that Ambit does not see: nothing is left of them that could choose another target. */
const BODIES = [ROUTING_FIELDS, CLEARED] as const;

/** Whom the requests are for, and what the hops do. */
function extensions({ options }: PartContext): string {
  const promised = options.reading === 'metadata' ? [PATHS, BODIES] : [PATHS];
  const pairs = [...options.context, ...promised].map(
    ([key, value]) => `${scalar(key)}: ${scalar(value)}`,
  );
  return `{ ${pairs.join(', ')} }`;
}
