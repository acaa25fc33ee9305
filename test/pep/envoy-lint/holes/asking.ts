import { baseText, before, type Hole } from '../support/hole';
import { IN, typeOf } from '../support/places';

const PER_ROUTE = typeOf('extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute');
const HTTP_FILTER = 'extensions.filters.http';

/** A whole filter of the base, from its name to the next one. */
function filterText(name: string): string {
  const text = baseText();
  const start = text.indexOf(`                  - name: ${name}\n`);
  return text.slice(start, text.indexOf('                  - name: ', start + 20));
}

/** Whether Ambit is asked about every request, and whether its answer counts. */
export const ASKING_HOLES: readonly Hole[] = [
  {
    code: 'no_ext_authz',
    name: 'the filter is gone',
    edits: [
      [filterText('envoy.filters.http.ext_authz'), ''],
      ['                http_filters:', '                «http_filters»:'],
    ],
  },
  {
    code: 'no_ext_authz',
    name: 'a second listener leads to a provider without it',
    edits: [
      before(
        '    # One internal listener a target',
        '- name: shortcut',
        '  address: { socket_address: { address: 127.0.0.1, port_value: 1 } }',
        '  filter_chains:',
        '    - filters:',
        '        - name: http',
        '          typed_config:',
        `            ${typeOf('extensions.filters.network.http_connection_manager.v3.HttpConnectionManager')}`,
        '            routeConfig: { virtualHosts: [{ name: a, domains: ["*"], routes: [{ match: { prefix: / }, route: { cluster: openai-zdr } }] }] }',
        '            «httpFilters»: []',
      ),
    ],
  },
  {
    code: 'late_ext_authz',
    name: 'a cache answers first',
    edits: [
      before(
        IN.filters,
        '- «name»: cache',
        `  typed_config: { ${typeOf(`${HTTP_FILTER}.cache.v3.CacheConfig`)} }`,
      ),
    ],
  },
  {
    code: 'late_ext_authz',
    name: 'the router comes first',
    edits: [
      before(
        IN.filters,
        '- «name»: early',
        `  typed_config: { ${typeOf(`${HTTP_FILTER}.router.v3.Router`)} }`,
      ),
    ],
  },
  {
    code: 'disabled_ext_authz',
    name: 'a virtual host switches it off',
    edits: [
      [
        '                          check_settings:\n                            context_extensions: { tenant: acme, ambit.path: rewritten }',
        '                          disabled: «true»',
      ],
    ],
    also: ['no_tenant'],
  },
  {
    code: 'disabled_ext_authz',
    name: 'a route switches it off by the common wrapper',
    edits: [
      [
        IN.routes,
        `${IN.routes}\n                          typed_per_filter_config: { envoy.filters.http.ext_authz: { ${typeOf('config.route.v3.FilterConfig')}, disabled: «yes» } }`,
      ],
    ],
  },
  {
    code: 'disabled_ext_authz',
    name: 'a weighted cluster switches it off under another name',
    edits: [
      [
        '                            inline_cluster_specifier_plugin:',
        `                            weighted_clusters: { clusters: [{ name: deny, weight: 1, typed_per_filter_config: { other: { ${PER_ROUTE}, disabled: «true» } } }] }\n                            inline_cluster_specifier_plugin:`,
      ],
    ],
  },
  {
    code: 'disabled_ext_authz',
    name: 'the filter itself is off, and may be missing',
    edits: [
      [
        IN.filters,
        `${IN.filters}\n                    disabled: «true»\n                    is_optional: «true»`,
      ],
    ],
  },
  {
    code: 'partly_asked',
    name: 'a fraction of requests',
    edits: [
      before(
        IN.extAuthz,
        '«filter_enabled»: { default_value: { numerator: 99, denominator: HUNDRED } }',
      ),
    ],
  },
  {
    code: 'partly_asked',
    name: 'requests with some metadata, in the other spelling',
    edits: [
      before(
        IN.extAuthz,
        '«filterEnabledMetadata»: { filter: a, path: [{ key: b }], value: { present_match: true } }',
      ),
    ],
  },
  {
    code: 'partly_asked',
    name: 'a matcher around the filter',
    edits: [
      [filterText('envoy.filters.http.ext_authz'), ''],
      before(
        IN.guard,
        '- «name»: envoy.filters.http.ext_authz',
        '  typed_config:',
        `    ${typeOf('extensions.common.matching.v3.ExtensionWithMatcher')}`,
        '    xds_matcher: { matcher_tree: {} }',
        '    extension_config:',
        '      name: envoy.filters.http.ext_authz',
        '      typed_config:',
        `        ${typeOf(`${HTTP_FILTER}.ext_authz.v3.ExtAuthz`)}`,
        '        status_on_error: { code: 503 }',
        '        validate_mutations: true',
        '        clear_route_cache: true',
        '        grpc_service: { timeout: 1s, envoy_grpc: { cluster_name: ambit } }',
        '        with_request_body: { max_request_bytes: 4194304, pack_as_bytes: true }',
        '        decoder_header_mutation_rules: { disallow_all: true }',
      ),
    ],
  },
  {
    code: 'shadow_mode',
    name: 'the answer is only noted',
    edits: [before(IN.extAuthz, 'shadow_mode: «true»')],
  },
  {
    code: 'failure_mode_allow',
    name: 'allowed',
    edits: [['failure_mode_allow: false', 'failure_mode_allow: «true»']],
  },
  {
    code: 'failure_mode_allow',
    name: 'allowed, in a spelling that Envoy takes for true',
    edits: [['failure_mode_allow: false', 'failureModeAllow: «On»']],
  },
  {
    code: 'failure_mode_header',
    name: 'marked',
    edits: [before(IN.extAuthz, 'failure_mode_allow_header_add: «true»')],
  },
  {
    code: 'no_status_on_error',
    name: 'missing',
    edits: [
      ['                      status_on_error: { code: ServiceUnavailable }\n', ''],
      [IN.filters, IN.filters.replace('name', '«name»')],
    ],
  },
  {
    code: 'success_on_error',
    name: 'by name',
    edits: [['status_on_error: { code: ServiceUnavailable }', 'status_on_error: { code: «OK» }']],
  },
  {
    code: 'success_on_error',
    name: 'by number',
    edits: [['status_on_error: { code: ServiceUnavailable }', 'status_on_error: { code: «204» }']],
  },
  {
    code: 'decision_timeout',
    name: 'missing',
    edits: [
      ['                        timeout: 1s\n', ''],
      ['                      grpc_service:', '                      «grpc_service»:'],
    ],
  },
  {
    code: 'decision_timeout',
    name: 'very long',
    edits: [['timeout: 1s', 'timeout: «60s»']],
  },
  {
    code: 'decision_timeout',
    name: 'without end',
    edits: [['timeout: 1s', 'timeout: «0s»']],
  },
  {
    code: 'plaintext_ambit',
    name: 'over a network',
    edits: [
      ['    - name: ambit\n', '    - name: «ambit»\n'],
      [
        '{ pipe: { path: /run/ambit/ambit.sock } }',
        '{ socket_address: { address: ambit.example, port_value: 9595 } }',
      ],
    ],
  },
  {
    code: 'plaintext_ambit',
    name: 'over a network, by the other client',
    edits: [
      [
        'envoy_grpc: { cluster_name: ambit, authority: ambit }',
        'google_grpc: { target_uri: «ambit.example:9595», stat_prefix: ambit }',
      ],
    ],
    also: ['client_model_sent', 'few_retries'],
  },
  {
    code: 'unchecked_mutations',
    name: 'missing',
    edits: [
      [
        "                      decoder_header_mutation_rules:\n                        disallow_all: true\n                        allow_expression: { regex: '^x-ambit-.*$' }\n",
        '',
      ],
      [IN.filters, IN.filters.replace('name', '«name»')],
    ],
  },
  {
    code: 'unchecked_mutations',
    name: 'all allowed but some',
    edits: [
      [
        '                      decoder_header_mutation_rules:',
        '                      «decoder_header_mutation_rules»:',
      ],
      [
        '                        disallow_all: true\n',
        '                        disallow_system: true\n',
      ],
    ],
  },
  {
    code: 'unchecked_mutations',
    name: 'a wide expression',
    edits: [["{ regex: '^x-ambit-.*$' }", "{ regex: «'^x-ambit-.*|host$'» }"]],
  },
  {
    code: 'unvalidated_mutations',
    name: 'off',
    edits: [['validate_mutations: true', 'validate_mutations: «false»']],
  },
  {
    code: 'no_guard',
    name: 'the guard is gone',
    edits: [
      [filterText('decision-guard'), ''],
      ['                http_filters:', '                «http_filters»:'],
    ],
  },
  {
    code: 'weak_guard',
    name: 'it denies instead',
    edits: [['                        action: ALLOW', '                        action: «DENY»']],
  },
  {
    code: 'weak_guard',
    name: 'it only counts',
    edits: [
      ['- name: decision-guard', '- «name»: decision-guard'],
      [
        '                      rules:\n                        action: ALLOW',
        '                      shadow_rules:\n                        action: ALLOW',
      ],
    ],
  },
  {
    code: 'weak_guard',
    name: 'it demands another value',
    edits: [
      ['                        action: ALLOW', '                        action: «ALLOW»'],
      ['value: { string_match: { exact: allow } }', 'value: { string_match: { prefix: a } }'],
    ],
  },
  {
    code: 'weak_guard',
    name: 'it reads metadata of the route',
    edits: [
      ['                        action: ALLOW', '                        action: «ALLOW»'],
      [
        '                              - sourced_metadata:\n',
        '                              - sourced_metadata:\n                                  metadata_source: ROUTE\n',
      ],
    ],
  },
  {
    code: 'weak_guard',
    name: 'it has an alternative',
    edits: [
      ['                        action: ALLOW', '                        action: «ALLOW»'],
      [
        '                            principals:\n',
        '                            principals:\n                              - any: true\n',
      ],
    ],
  },
  {
    code: 'weak_guard',
    name: 'a second policy lets all pass',
    edits: [
      ['                        action: ALLOW', '                        action: «ALLOW»'],
      [
        '                          decided:\n',
        '                          all: { permissions: [{ any: true }], principals: [{ any: true }] }\n                          decided:\n',
      ],
    ],
  },
  {
    code: 'weak_guard',
    name: 'a matcher takes the place of its rules',
    edits: [
      ['                        action: ALLOW', '                        action: «ALLOW»'],
      before('                      rules:', 'matcher: { on_no_match: { action: {} } }'),
    ],
  },
  {
    code: 'distant_guard',
    name: 'something runs in between',
    edits: [
      before(
        IN.guard,
        '- «name»: headers',
        `  typed_config: { ${typeOf(`${HTTP_FILTER}.header_mutation.v3.HeaderMutation`)} }`,
      ),
    ],
  },
  {
    code: 'disabled_guard',
    name: 'a virtual host switches it off',
    edits: [
      before(
        IN.hostFilters,
        `«decision-guard»: { ${typeOf(`${HTTP_FILTER}.rbac.v3.RBACPerRoute`)} }`,
      ),
    ],
  },
  {
    code: 'disabled_guard',
    name: 'a virtual host replaces it',
    edits: [
      before(
        IN.hostFilters,
        `«decision-guard»: { ${typeOf(`${HTTP_FILTER}.rbac.v3.RBACPerRoute`)}, rbac: { rules: { action: ALLOW, policies: { all: { permissions: [{ any: true }], principals: [{ any: true }] } } } } }`,
      ),
    ],
  },
  {
    code: 'disabled_guard',
    name: 'the filter is off until a route switches it on',
    edits: [[IN.guard, `${IN.guard}\n                    disabled: «true»`]],
  },
  {
    code: 'forged_metadata',
    name: 'a header becomes the decision',
    edits: [
      before(
        IN.filters,
        '- name: lift',
        `  typed_config: { ${typeOf(`${HTTP_FILTER}.header_to_metadata.v3.Config`)}, request_rules: [{ header: a, on_header_present: { metadata_namespace: «envoy.filters.http.ext_authz», key: decision } }] }`,
      ),
    ],
  },
  {
    code: 'changed_after_decision',
    name: 'a script behind the guard',
    edits: [
      before(
        IN.router,
        '- «name»: script',
        `  typed_config: { ${typeOf(`${HTTP_FILTER}.lua.v3.Lua`)} }`,
      ),
    ],
  },
];
