import { TYPES } from '../types';
import { yaml } from '../yaml-text';
import { LIFTED_NAMESPACE, liftFilter } from './lift';
import { CREDENTIAL_HEADERS } from '../../shared/credential-headers';
import type { PartContext } from './context';

/** The most of a body that Ambit is shown, in bytes; below its own `check_bytes`. */
const MAX_REQUEST_BYTES = 4_194_304;

/** What stands before the router: the question, and the guard that nothing passes without an answer. */
export function decisionFilters(context: PartContext): string {
  return yaml`
    ${QUERY_FILTER}
    ${context.options.reading === 'metadata' ? liftFilter() : ''}
    ${question(context)}
    ${GUARD}
  `;
}

/** Envoy has no other way to drop the parts of a query that nobody has listed. */
const QUERY_FILTER = yaml`
  # The query ends here, but for \`alt=sse\`, by which Gemini's clients ask for a stream: clients put keys there, and some
  # providers read a model or a version from it. It runs before Ambit is asked, so both see the same path.
  - name: query
    typed_config:
      '@type': ${TYPES.lua}
      default_source_code:
        inline_string: |
          function envoy_on_request(handle)
            local headers = handle:headers()
            local path = headers:get(":path")
            local from = path:find("[?#]")
            if from == nil then return end
            local streams = ("&" .. path:sub(from + 1) .. "&"):find("&alt=sse&", 1, true)
            headers:replace(":path", path:sub(1, from - 1) .. (streams and "?alt=sse" or ""))
          end
`;

function question({ options: { variant, reading } }: PartContext): string {
  return yaml`
    - name: envoy.filters.http.ext_authz
      typed_config:
        '@type': ${TYPES.extAuthz}
        transport_api_version: V3
        failure_mode_allow: false
        status_on_error: { code: ServiceUnavailable }
        validate_mutations: true
        ${variant === 'recommended' ? CHOOSE_AGAIN : ''}
        emit_filter_state_stats: true
        grpc_service:
          timeout: 1s
          envoy_grpc: { cluster_name: ambit, authority: ambit }
        ${reading === 'body' ? WITH_BODY : WITH_METADATA}
        # Ambit decides without the client's credentials.
        disallowed_headers:
          patterns:
            ${CREDENTIAL_HEADERS.map((name) => `- exact: ${name}`).join('\n')}
        # Ambit's answer may set its own headers and no others.
        decoder_header_mutation_rules:
          disallow_all: true
          allow_expression: { regex: '^x-ambit-.*$' }
  `;
}

const CHOOSE_AGAIN = yaml`
  # The route is chosen again once the list is there (and only if the answer sets a request header, which
  # Ambit's always does). Without this the first attempt goes to \`deny\`.
  clear_route_cache: true
`;

const WITH_BODY = yaml`
  with_request_body:
    max_request_bytes: ${String(MAX_REQUEST_BYTES)}
    # A body cut short would be judged without the fields behind the cut: 413 instead.
    allow_partial_message: false
    pack_as_bytes: true
`;

const WITH_METADATA = yaml`
  # What was lifted, and no body.
  metadata_context_namespaces: [${LIFTED_NAMESPACE}]
`;

const GUARD = yaml`
  # Nothing passes without a positive decision: neither an empty answer, which ext_authz takes for a yes, nor a
  # route for which someone disabled ext_authz.
  - name: decision-guard
    typed_config:
      '@type': ${TYPES.rbac}
      rules:
        action: ALLOW
        policies:
          decided:
            permissions: [{ any: true }]
            principals:
              - sourced_metadata:
                  metadata_matcher:
                    filter: envoy.filters.http.ext_authz
                    path: [{ key: decision }]
                    value: { string_match: { exact: allow } }
`;
