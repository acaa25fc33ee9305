import { before } from './hole';

/** Lines of the shipped configurations before which something can be added, each with its indentation. */
export const IN = {
  extAuthz: '                      transport_api_version: V3',
  manager: '                stat_prefix: ingress',
  filters: '                  - name: envoy.filters.http.ext_authz',
  guard: '                  - name: decision-guard',
  router: '                  - name: envoy.filters.http.router',
  host: "                      domains: ['*']",
  hostFilters: '                        envoy.filters.http.ext_authz:',
  route: '                            timeout: 0s # streams may be long',
  retries: '                              num_retries: 3',
  routeAction: '                          route:\n                            timeout: 0s',
  routes: '                        - match: { prefix: / }',
  clusters: '    - name: ambit',
  bootstrap: 'static_resources:',
} as const;

/** The type of a message, as a configuration states it. */
export function typeOf(name: string): string {
  return `'@type': type.googleapis.com/envoy.${name}`;
}

/** A filter of this type before the line. */
export function filterBefore(line: string, type: string, says: string): readonly [string, string] {
  return before(
    line,
    `- name: added`,
    `  typed_config: { ${typeOf(`extensions.filters.http.${type}`)}, ${says} }`,
  );
}
