import { createEnvoyLint } from '../../../src/pep/envoy-lint/envoy-lint';
import { before, plant, type Hole } from './support/hole';
import { IN, typeOf } from './support/places';

const OFF = `${typeOf('config.route.v3.FilterConfig')}, disabled: true, config: {}`;
const HEALTH = `- { match: { path: /healthz }, direct_response: { status: 200 }, typed_per_filter_config: { envoy.filters.http.ext_authz: { ${typeOf('extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute')}, disabled: true }, decision-guard: { ${OFF} } } }`;

/** What operators write by hand, and what lets nothing past Ambit. */
const REASONABLE: readonly (readonly [name: string, edits: Hole['edits']])[] = [
  ['a route for probes that Ambit is not asked about', [before(IN.routes, HEALTH)]],
  [
    'a host that comes from the cluster',
    [['host_rewrite_literal: api.openai.com', 'auto_host_rewrite: true']],
  ],
  [
    'a redirect',
    [before(IN.routes, '- { match: { path: / }, redirect: { path_redirect: /docs } }')],
  ],
  [
    'anchors under a key that Envoy drops',
    [
      [IN.bootstrap, `!ignore parts: [&limit 1s]\n${IN.bootstrap}`],
      ['timeout: 1s', 'timeout: *limit'],
    ],
  ],
];

describe('a configuration that was written by hand', () => {
  it.each(REASONABLE)('has no finding for %s', (name, edits) => {
    const { text } = plant({ code: 'none', name, edits });
    expect(createEnvoyLint().lint([{ name: 'envoy.yaml', text }])).toEqual([]);
  });
});
