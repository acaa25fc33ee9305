import { before, type Hole } from '../support/hole';
import { IN, typeOf } from '../support/places';

const TRUST = '              trusted_ca: { filename: /etc/ssl/certs/ca-certificates.crt }\n';
const NAMES =
  '              match_typed_subject_alt_names: [{ san_type: DNS, matcher: { exact: api.openai.com } }]';
const SOCKET = `      transport_socket:
        name: envoy.transport_sockets.tls
        typed_config:
          '@type': type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
          sni: api.openai.com
          common_tls_context:
            validation_context:
${TRUST}${NAMES}
`;
const ROUTE = '                          route:\n';
const UNKNOWN = 'type.googleapis.com/example.com.v1.Thing';

/** Whether the provider is who it should be, and learns only what it should; and what others learn. */
export const REVEALING_HOLES: readonly Hole[] = [
  {
    code: 'plaintext_provider',
    name: 'no transport socket',
    edits: [
      [SOCKET, ''],
      ['    - name: openai-zdr-origin\n', '    - name: «openai-zdr-origin»\n'],
    ],
  },
  {
    code: 'plaintext_provider',
    name: 'for some endpoints',
    edits: [
      [
        `      transport_socket:\n        name: envoy.transport_sockets.tls\n`,
        `      transport_socket_matches: [{ name: a, match: {}, transport_socket: «{» name: raw, typed_config: { ${typeOf('extensions.transport_sockets.raw_buffer.v3.RawBuffer')} } } }]\n      transport_socket:\n        name: envoy.transport_sockets.tls\n`,
      ],
    ],
  },
  {
    code: 'no_sni',
    name: 'missing',
    edits: [
      ['          sni: api.openai.com\n', ''],
      ['        name: envoy.transport_sockets.tls', '        «name»: envoy.transport_sockets.tls'],
    ],
  },
  {
    code: 'no_trusted_ca',
    name: 'missing',
    edits: [
      [
        `${TRUST}${NAMES}`,
        NAMES.replace('match_typed_subject_alt_names', '«match_typed_subject_alt_names»'),
      ],
    ],
  },
  {
    code: 'no_san_check',
    name: 'missing',
    edits: [[`${TRUST}${NAMES}\n`, TRUST.replace('trusted_ca', '«trusted_ca»')]],
  },
  {
    code: 'no_san_check',
    name: 'a name that everyone has',
    edits: [
      [NAMES, NAMES.replace('{ exact: api.openai.com }', "«{» safe_regex: { regex: '.*' } }")],
    ],
  },
  {
    code: 'untrusted_accepted',
    name: 'any chain',
    edits: [[TRUST, `${TRUST}              trust_chain_verification: «ACCEPT_UNTRUSTED»\n`]],
  },
  {
    code: 'untrusted_accepted',
    name: 'expired certificates',
    edits: [[TRUST, `${TRUST}              allow_expired_certificate: «true»\n`]],
  },
  {
    code: 'client_credentials_pass',
    name: 'one header is kept',
    edits: [
      ['                    - cookie\n', ''],
      [
        '                  request_headers_to_remove:\n',
        '                  «request_headers_to_remove»:\n',
      ],
    ],
  },
  {
    code: 'account_headers_pass',
    name: 'one header is kept',
    edits: [
      ['                    - openai-project\n', ''],
      [
        '                  request_headers_to_remove:\n',
        '                  «request_headers_to_remove»:\n',
      ],
    ],
  },
  {
    code: 'inline_key',
    name: 'a secret',
    edits: [
      [
        'static_resources:\n',
        "static_resources:\n  secrets: [{ name: a, generic_secret: { secret: { «inline_string»: 'do not show' } } }]\n",
      ],
    ],
  },
  {
    code: 'inline_key',
    name: 'a header',
    edits: [
      before(
        IN.routeAction,
        'request_headers_to_add: [{ header: { key: Authorization, «value»: Bearer do-not-show } }]',
      ),
    ],
  },
  {
    code: 'logged_credentials',
    name: 'a header in the log of requests',
    edits: [
      [
        "request_id: '%REQ(X-REQUEST-ID)%'\n                          method",
        "request_id: «'%REQ(X-API-KEY)%'»\n                          method",
      ],
    ],
  },
  {
    code: 'logged_query',
    name: 'in the log of requests',
    edits: [["'%PATH(NQ)%'", "«'%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%'»"]],
  },
  {
    code: 'logged_query',
    name: 'in the log of attempts',
    edits: [
      [
        "                                target: '%UPSTREAM_CLUSTER_RAW%'",
        "                                target: «'%PATH(WQ)%'»",
      ],
    ],
  },
  {
    code: 'logged_query',
    name: 'by a log that says nothing of its format',
    edits: [
      [
        '                access_log:\n',
        "                access_log:\n                  - { name: plain, typed_config: { '@type': «type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog» } }\n",
      ],
    ],
  },
  {
    code: 'exposed_admin',
    name: 'on all addresses',
    edits: [
      [
        "admin:\n  # Whoever reaches this can stop Envoy and read its whole configuration (but the secrets): keep it on loopback.\n  address: { socket_address: { address: '127.0.0.1'",
        "admin:\n  address: { socket_address: { address: «'0.0.0.0'»",
      ],
    ],
  },
];

/** What was not checked. */
export const UNSEEN_HOLES: readonly Hole[] = [
  {
    code: 'not_seen',
    name: 'listeners of another server',
    edits: [before(IN.bootstrap, 'dynamic_resources: { «lds_config»: { ads: {} } }')],
  },
  {
    code: 'not_seen',
    name: 'endpoints of another server',
    edits: [
      before(
        IN.clusters,
        '- name: more',
        '  type: «EDS»',
        '  circuit_breakers: { thresholds: [{ max_retries: 1024 }] }',
        `  transport_socket: { name: tls, typed_config: { ${typeOf('extensions.transport_sockets.tls.v3.UpstreamTlsContext')}, sni: a.example, common_tls_context: { validation_context: { trusted_ca: { filename: a }, match_typed_subject_alt_names: [{ matcher: { exact: a.example } }] } } } }`,
      ),
    ],
  },
  {
    code: 'not_seen',
    name: 'routes of another server',
    edits: [
      before(
        '    # One internal listener a target',
        '- name: more',
        '  filter_chains:',
        '    - filters:',
        '        - name: http',
        '          typed_config:',
        `            ${typeOf('extensions.filters.network.http_connection_manager.v3.HttpConnectionManager')}`,
        '            «rds»: { route_config_name: more }',
      ),
    ],
    also: ['no_ext_authz'],
  },
  {
    code: 'not_seen',
    name: 'a filter of another server',
    edits: [
      before(
        IN.router,
        '- name: more',
        '  «config_discovery»: { config_source: { ads: {} }, type_urls: [a] }',
      ),
    ],
  },
  {
    code: 'not_understood',
    name: 'a filter',
    edits: [before(IN.router, '- «name»: thing', `  typed_config: { '@type': ${UNKNOWN} }`)],
  },
  {
    code: 'not_understood',
    name: 'a filter for connections',
    edits: [
      [
        '        - filters:\n',
        `        - filters:\n            - { name: thing, typed_config: { '@type': «${UNKNOWN}» } }\n`,
      ],
    ],
  },
  {
    code: 'not_understood',
    name: 'what chooses the cluster, in a struct that names its type',
    edits: [
      [
        "'@type': type.googleapis.com/envoy.extensions.router.cluster_specifiers.priority_group.v3.PriorityGroupClusterSpecifier",
        `'@type': type.googleapis.com/xds.type.v3.TypedStruct\n                                  type_url: «${UNKNOWN}»`,
      ],
    ],
  },
  {
    code: 'not_understood',
    name: 'a transport socket',
    edits: [
      ['        name: envoy.transport_sockets.tls', '        «name»: thing'],
      ['type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', UNKNOWN],
    ],
  },
  {
    code: 'nothing_judged',
    name: 'a bootstrap without listeners',
    edits: [
      ['node:', '«node»:'],
      ['static_resources:\n  listeners:', 'static_resources:\n  others:'],
    ],
  },
  {
    code: 'nothing_judged',
    name: 'a route that leads to no provider',
    edits: [
      ['node:', '«node»:'],
      ['cluster_specifiers.priority_group', 'none'],
      [
        ROUTE,
        '                          direct_response: { status: 404 }\n                          other:\n',
      ],
    ],
  },
];
