import { before, type Hole } from '../support/hole';
import { IN, typeOf } from '../support/places';

const HTTP_FILTER = 'extensions.filters.http';
const SPECIFIER = `                            inline_cluster_specifier_plugin:
                              extension:
                                name: envoy.router.cluster_specifier_plugin.priority_group
                                typed_config:
                                  '@type': type.googleapis.com/envoy.extensions.router.cluster_specifiers.priority_group.v3.PriorityGroupClusterSpecifier
                                  # What stands here is used whenever Ambit's list is missing or malformed: NEVER a provider.
                                  priority_groups:
                                    - name: deny
                                      clusters: [{ cluster_name: deny, weight: 1 }]
                                  override_metadata_namespace: envoy.filters.http.ext_authz
`;
const REFRESH = `                              # Without this all attempts go to the first target.
                              refresh_cluster_on_retry: true
`;
const SOURCE = '- metadata: { key: envoy.filters.http.ext_authz, path: [{ key: hosts }] }';
const SELECTORS = 'subset_selectors: [{ keys: [never], fallback_policy: NO_FALLBACK }]';

/** Whether a request reaches only the targets that Ambit has named. */
export const STEERING_HOLES: readonly Hole[] = [
  {
    code: 'clear_route_cache',
    name: 'off',
    edits: [['clear_route_cache: true', 'clear_route_cache: «false»']],
  },
  {
    code: 'clear_route_cache',
    name: 'missing',
    edits: [
      ['                      clear_route_cache: true\n', ''],
      [IN.filters, IN.filters.replace('name', '«name»')],
    ],
  },
  {
    code: 'default_group',
    name: 'a provider',
    edits: [['{ cluster_name: deny, weight: 1 }', '{ cluster_name: «groq-us», weight: 1 }']],
  },
  {
    code: 'override_namespace',
    name: 'another one',
    edits: [
      [
        'override_metadata_namespace: envoy.filters.http.ext_authz',
        'override_metadata_namespace: «ambit.request»',
      ],
    ],
  },
  {
    code: 'override_fallback',
    name: 'round robin',
    base: 'portable',
    edits: [
      ['                fallback_policy:\n', '                «fallback_policy»:\n'],
      [
        'load_balancing_policies.subset.v3.Subset',
        'load_balancing_policies.round_robin.v3.RoundRobin',
      ],
    ],
  },
  ...[
    [
      'a subset that takes any endpoint',
      'fallback_policy: NO_FALLBACK\n',
      'fallback_policy: ANY_ENDPOINT\n',
    ],
    [
      'a selector that takes any endpoint',
      SELECTORS,
      'subset_selectors: [{ keys: [never], fallback_policy: ANY_ENDPOINT }]',
    ],
    ['a subset without selectors, which is none', SELECTORS, 'subset_selectors: []'],
    [
      'a subset that takes any endpoint in a panic',
      SELECTORS,
      `${SELECTORS}\n                          panic_mode_any: true`,
    ],
  ].map(([name = '', from = '', to = '']): Hole => ({
    code: 'override_fallback',
    name,
    base: 'portable',
    edits: [
      ['                fallback_policy:\n', '                «fallback_policy»:\n'],
      [from, to],
    ],
  })),
  {
    code: 'override_source',
    name: 'a header of the client',
    base: 'portable',
    edits: [[SOURCE, '- header: «x-target»']],
  },
  {
    code: 'override_source',
    name: 'other metadata',
    base: 'portable',
    edits: [[SOURCE, SOURCE.replace('envoy.filters.http.ext_authz', '«envoy.lb»')]],
  },
  {
    code: 'fixed_target',
    name: 'a route of its own',
    edits: [
      before(
        IN.routes,
        '- match: { prefix: /batch }',
        '  route: { cluster: «groq-us», timeout: 0s, retry_policy: { retry_on: 5xx } }',
      ),
    ],
  },
  {
    code: 'fixed_target',
    name: 'a weight',
    edits: [
      before(
        IN.routes,
        '- match: { prefix: /batch }',
        '  route: { weightedClusters: { clusters: [{ name: deny, weight: 1 }, { name: «groq-us», weight: 1 }] }, timeout: 0s, retry_policy: { retry_on: 5xx } }',
      ),
    ],
  },
  {
    code: 'fixed_target',
    name: 'a route in a matcher',
    edits: [
      before(
        IN.host,
        `matcher: { on_no_match: { action: { name: a, typed_config: { ${typeOf('config.route.v3.Route')}, match: { prefix: / }, route: { cluster: «groq-us», timeout: 0s, retry_policy: { retry_on: 5xx } } } } } }`,
      ),
    ],
  },
  {
    code: 'fixed_target',
    name: 'another load balancer stands before the one that reads the list',
    also: ['mixed_target'],
    base: 'portable',
    edits: [
      [
        '                            cluster: targets',
        '                            cluster: «targets»',
      ],
      [
        '        policies:\n          - typed_extension_config:\n              name: envoy.load_balancing_policies.override_host',
        `        policies:\n          - typed_extension_config: { name: a, typed_config: { ${typeOf('extensions.load_balancing_policies.random.v3.Random')} } }\n          - typed_extension_config:\n              name: envoy.load_balancing_policies.override_host`,
      ],
    ],
  },
  {
    code: 'target_by_header',
    name: 'of the client',
    edits: [[SPECIFIER, '                            cluster_header: «x-target»\n']],
  },
  {
    code: 'stateful_session',
    name: 'a cookie',
    edits: [
      before(
        IN.router,
        '- «name»: session',
        `  typed_config: { ${typeOf(`${HTTP_FILTER}.stateful_session.v3.StatefulSession`)} }`,
      ),
    ],
  },
  {
    code: 'composite_cluster',
    name: 'an aggregate',
    edits: [
      before(
        IN.clusters,
        '- name: «all»',
        '  circuit_breakers: { thresholds: [{ max_retries: 1024 }] }',
        `  cluster_type: { name: all, typed_config: { ${typeOf('extensions.clusters.aggregate.v3.ClusterConfig')}, clusters: [groq-us, azure-eu] } }`,
      ),
    ],
  },
  {
    code: 'dynamic_forward_proxy',
    name: 'a cluster',
    edits: [
      before(
        IN.clusters,
        '- name: «any»',
        '  circuit_breakers: { thresholds: [{ max_retries: 1024 }] }',
        `  cluster_type: { name: any, typed_config: { ${typeOf('extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig')} } }`,
      ),
    ],
  },
  {
    code: 'dynamic_forward_proxy',
    name: 'a filter',
    edits: [
      before(
        IN.router,
        '- «name»: any',
        `  typed_config: { ${typeOf(`${HTTP_FILTER}.dynamic_forward_proxy.v3.FilterConfig`)} }`,
      ),
    ],
  },
  {
    code: 'tcp_proxy',
    name: 'a listener',
    edits: [
      before(
        '    # One internal listener a target',
        '- name: tunnel',
        '  filter_chains:',
        '    - filters:',
        '        - name: tcp',
        '          typed_config:',
        `            ${typeOf('extensions.filters.network.tcp_proxy.v3.TcpProxy')}`,
        '            cluster: «openai-zdr-origin»',
      ),
    ],
  },
  {
    code: 'mirrored',
    name: 'a route',
    edits: [before(IN.route, '«request_mirror_policies»: [{ cluster: groq-us }]')],
  },
  {
    code: 'mirrored',
    name: 'a virtual host on the way to a provider',
    edits: [
      [
        '                    - name: groq-us\n',
        '                    - name: groq-us\n                      «request_mirror_policies»: [{ cluster: azure-eu-origin }]\n',
      ],
    ],
  },
  {
    code: 'hedged',
    name: 'a route',
    edits: [before(IN.route, '«hedge_policy»: { hedge_on_per_try_timeout: true }')],
  },
  {
    code: 'redirected',
    name: 'a route',
    edits: [before(IN.route, '«internal_redirect_policy»: {}')],
  },
  {
    code: 'redirected',
    name: 'in the old spelling',
    edits: [before(IN.route, '«internal_redirect_action»: HANDLE_INTERNAL_REDIRECT')],
  },
  {
    code: 'no_retries',
    name: 'none',
    edits: [['num_retries: 3', 'num_retries: «0»']],
  },
  {
    code: 'no_retries',
    name: 'for no reason',
    edits: [
      [
        '                              retry_on: 5xx,reset,connect-failure,refused-stream,retriable-status-codes\n',
        '',
      ],
      [
        '                              retriable_status_codes:',
        '                              «retriable_status_codes»:',
      ],
    ],
  },
  {
    code: 'same_target_again',
    name: 'missing',
    edits: [
      [REFRESH, ''],
      ['                              retry_on:', '                              «retry_on»:'],
    ],
  },
  {
    code: 'few_retries',
    name: 'the default',
    edits: [['{ thresholds: [{ max_retries: 1024 }] }', '{ thresholds: [{ max_retries: «3» }] }']],
  },
  {
    code: 'few_retries',
    name: 'missing at one target',
    edits: [
      [
        '    - name: groq-us\n      type: STATIC\n      connect_timeout: 1s\n      circuit_breakers: *many_retries\n',
        '    - name: «groq-us»\n      type: STATIC\n      connect_timeout: 1s\n',
      ],
    ],
  },
  {
    code: 'stream_cut',
    name: 'a limit on an attempt',
    edits: [['per_try_idle_timeout: 60s', 'per_try_timeout: «60s»']],
  },
  {
    code: 'stream_cut',
    name: 'a limit on all attempts',
    edits: [['timeout: 0s # streams', 'timeout: «600s» # streams']],
  },
];
