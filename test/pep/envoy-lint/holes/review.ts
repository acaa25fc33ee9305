import { before, type Hole } from '../support/hole';
import { filterBefore, IN, typeOf } from '../support/places';
import { REVIEW_KEY_HOLES } from './review-keys';

const ORIGIN = '    - name: openai-zdr-origin\n';
const HOST = '                            host_rewrite_literal: api.openai.com\n';
const FAILURE = '                      failure_mode_allow: false';
const SNI = '          sni: api.openai.com\n';
const MODEL = 'json_format: { model: gpt-5.4-mini }';
const CHAT_ROUTE = '                        - name: chat_completions\n';
const TRANSFORM = typeOf('extensions.filters.http.transform.v3.TransformConfig');

/** How a cluster speaks HTTP. */
function options(said: string): readonly [string, string] {
  const type = typeOf('extensions.upstreams.http.v3.HttpProtocolOptions');
  return [
    ORIGIN,
    `${ORIGIN}      typed_extension_protocol_options: { envoy.extensions.upstreams.http.v3.HttpProtocolOptions: { ${type}, explicit_http_config: { http_protocol_options: {} }, ${said} } }\n`,
  ];
}

/** A fraction of all requests that a layer of the runtime makes another one. */
function fraction(layer: string): Hole['edits'] {
  const all = '{ default_value: { numerator: 100 }, runtime_key: ambit.asked }';
  return [
    [FAILURE, `${FAILURE}\n                      «filter_enabled»: ${all}`],
    [
      IN.bootstrap,
      `layered_runtime: { layers: [{ name: base, ${layer} }, { name: admin, admin_layer: {} }] }\n${IN.bootstrap}`,
    ],
  ];
}

/** How a file is read as Envoy reads it. */
const READ_HOLES: readonly Hole[] = [
  {
    code: 'weak_guard',
    name: 'its rules stand under a key that Envoy drops',
    edits: [
      [
        `${IN.guard}\n                    typed_config:`,
        `${IN.guard.replace('name', '«name»')}\n                    typed_config:`,
      ],
      [
        '                      rules:\n                        action: ALLOW\n                        policies:\n                          decided',
        '                      !ignore rules:\n                        action: ALLOW\n                        policies:\n                          decided',
      ],
    ],
  },
  {
    code: 'partly_asked',
    name: 'a layer of the runtime says another fraction',
    edits: fraction('static_layer: { ambit: { asked: 0 } }'),
  },
  {
    code: 'partly_asked',
    name: 'a file of the runtime can say another fraction',
    edits: fraction('disk_layer: { symlink_root: /srv/runtime }'),
  },
];

/** Whether what Ambit judged is what is sent, and where. */
const SENT_HOLES: readonly Hole[] = [
  {
    code: 'other_path',
    name: 'before the internal listeners, by an expression',
    edits: [
      before(
        IN.route,
        "«regex_rewrite»: { pattern: { regex: '^/.*$' }, substitution: /v1/responses }",
      ),
    ],
  },
  {
    code: 'other_path',
    name: 'before the internal listeners, by a prefix',
    base: 'portable',
    edits: [before(IN.route, '«prefix_rewrite»: /v1/responses')],
  },
  {
    code: 'other_path',
    name: 'one API is sent to another one',
    edits: [['substitution: /v1/chat/completions', 'substitution: «/v1/responses»']],
  },
  {
    code: 'other_path',
    name: 'all that is left is sent to one API',
    edits: [
      before(
        '                        - &not_spoken',
        '- match: { prefix: / }',
        "  route: { cluster: openai-zdr-origin, timeout: 0s, host_rewrite_literal: a.example, regex_rewrite: { pattern: { regex: '^/.*$' }, substitution: «/v1/responses» } }",
      ),
    ],
  },
  {
    code: 'unwritten_host',
    name: 'a route says nothing of it',
    edits: [
      [
        `                            cluster: openai-zdr-origin\n                            timeout: 0s\n${HOST}`,
        '                            cluster: «openai-zdr-origin»\n                            timeout: 0s\n',
      ],
    ],
  },
  {
    code: 'unwritten_host',
    name: 'a header names it',
    edits: [[HOST, '                            host_rewrite_header: «x-region-host»\n']],
  },
  {
    code: 'unwritten_host',
    name: 'a header says which certificate is asked for',
    edits: [
      [SNI, ''],
      options(
        'upstream_http_protocol_options: { auto_sni: true, override_auto_sni_header: «x-region-host» }',
      ),
    ],
  },
  {
    code: 'added_features',
    name: 'a hop has answers stored',
    edits: [[MODEL, 'json_format: { model: gpt-5.4-mini, store: «true» }']],
  },
  {
    code: 'added_features',
    name: 'a filter behind the decision names other models',
    also: ['changed_after_decision'],
    edits: [
      filterBefore(
        IN.router,
        'transform.v3.TransformConfig',
        'request_transformation: { body_transformation: { body_format: { json_format: { models: «[a, b]» } }, action: MERGE } }',
      ),
    ],
  },
  {
    code: 'mixed_target',
    name: 'one route of a hop writes another model',
    edits: [
      [
        CHAT_ROUTE,
        `${CHAT_ROUTE}                          typed_per_filter_config: { model: { ${TRANSFORM}, request_transformation: { headers_mutations: [{ append: { header: { key: x-ambit-rewritten, value: done } } }], body_transformation: { body_format: { json_format: { model: «gpt-9» } }, action: MERGE } } } }\n`,
      ],
    ],
  },
  {
    code: 'mixed_target',
    name: 'an endpoint has further addresses',
    base: 'portable',
    edits: [
      before(
        '                  hostname: openai-zdr # for the logs',
        '«additional_addresses»: [{ address: { envoy_internal_address: { server_listener_name: to-groq-us, endpoint_id: openai-zdr } } }]',
      ),
    ],
  },
  {
    code: 'changed_after_decision',
    name: 'a filter makes a call of another service of each request',
    edits: [
      before(
        IN.router,
        `- «name»: added`,
        `  typed_config: { ${typeOf('extensions.filters.http.aws_lambda.v3.Config')}, arn: 'arn:aws:lambda:eu-west-1:1:function:a' }`,
      ),
    ],
  },
];

/** What routes say to programs behind the decision. */
const PROGRAM_HOLES: readonly Hole[] = [
  {
    code: 'changed_after_decision',
    name: 'a virtual host lets a hop run another script',
    also: ['client_headers_pass'],
    edits: [
      before(
        '                      routes:\n                        - name: chat_completions',
        `typed_per_filter_config: { «known-headers»: { ${typeOf('extensions.filters.http.lua.v3.LuaPerRoute')}, source_code: { inline_string: '' } } }`,
      ),
    ],
  },
];

/** Ways to a provider that no decision has named. */
const PAST_HOLES: readonly Hole[] = [
  {
    code: 'mirrored',
    name: 'a cluster',
    edits: [options('«request_mirror_policies»: [{ cluster: groq-us-origin }]')],
  },
  {
    code: 'dynamic_forward_proxy',
    name: 'a cluster that connects to where a header says',
    also: ['not_seen'],
    edits: [
      [
        `${ORIGIN}      type: STRICT_DNS`,
        `${ORIGIN}      type: «ORIGINAL_DST»\n      original_dst_lb_config: { use_http_header: true }`,
      ],
    ],
  },
  {
    code: 'tcp_proxy',
    name: 'the name that a client asks for chooses the cluster',
    edits: [
      before(
        '    - name: to-openai-zdr\n',
        `- { name: raw, address: { socket_address: { address: 127.0.0.1, port_value: 8443 } }, filter_chains: [{ filters: [{ name: a, typed_config: { '@type': «type.googleapis.com/envoy.extensions.filters.network.sni_cluster.v3.SniCluster» } }, { name: b, typed_config: { ${typeOf('extensions.filters.network.tcp_proxy.v3.TcpProxy')}, stat_prefix: raw, cluster: deny } }] }] }`,
      ),
    ],
  },
  {
    code: 'tcp_proxy',
    name: 'packets',
    edits: [
      before(
        '    - name: to-openai-zdr\n',
        `- { name: raw, listener_filters: [{ name: a, typed_config: { '@type': «type.googleapis.com/envoy.extensions.filters.udp.udp_proxy.v3.UdpProxyConfig», stat_prefix: raw, matcher: { on_no_match: { action: { name: route, typed_config: { ${typeOf('extensions.filters.udp.udp_proxy.v3.Route')}, cluster: openai-zdr-origin } } } } } }] }`,
      ),
    ],
  },
  {
    code: 'override_source',
    name: 'something else that Ambit answers',
    base: 'portable',
    edits: [
      [
        'metadata: { key: envoy.filters.http.ext_authz, path: [{ key: hosts }] }',
        'metadata: { key: «envoy.filters.http.ext_authz», path: [{ key: model }] }',
      ],
    ],
  },
  {
    code: 'override_fallback',
    name: 'endpoints have the key of the subset',
    base: 'portable',
    edits: [
      ['                fallback_policy:\n', '                «fallback_policy»:\n'],
      before(
        '              - endpoint:\n                  hostname: openai-zdr',
        '- metadata: { filter_metadata: { envoy.lb: { never: a } } }',
      ),
      ['a } } }\n              - endpoint:', 'a } } }\n                endpoint:'],
    ],
  },
  {
    code: 'forged_metadata',
    name: 'another server may write it',
    edits: [
      filterBefore(
        IN.filters,
        'ext_proc.v3.ExternalProcessor',
        'grpc_service: { envoy_grpc: { cluster_name: ambit } }, metadata_options: { receiving_namespaces: { untyped: [«envoy.filters.http.ext_authz»] } }',
      ),
    ],
  },
  {
    code: 'forged_metadata',
    name: 'a script writes it',
    edits: [
      filterBefore(
        IN.filters,
        'lua.v3.Lua',
        `default_source_code: { inline_string: «'function envoy_on_request(h) h:streamInfo():dynamicMetadata():set("envoy.filters.http.ext_authz", "decision", "allow") end'» }`,
      ),
    ],
  },
];

/** What a review by hand found, which had passed for clean. */
export const REVIEW_HOLES: readonly Hole[] = [
  ...READ_HOLES,
  ...SENT_HOLES,
  ...PROGRAM_HOLES,
  ...PAST_HOLES,
  ...REVIEW_KEY_HOLES,
];
