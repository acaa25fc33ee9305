import { before, type Hole } from '../support/hole';
import { IN, typeOf } from '../support/places';

const HTTP_FILTER = 'extensions.filters.http';
const EARLY = '                early_header_mutation_extensions: &strip_control_headers';
const AMBIT_PREFIX =
  '                        - remove_on_match: { key_matcher: { prefix: x-ambit- } }\n';
const ENVOY_PREFIX =
  '                        - remove_on_match: { key_matcher: { prefix: x-envoy- } }\n';
const MARKED_EARLY = [
  EARLY,
  EARLY.replace('early_header_mutation_extensions', '«early_header_mutation_extensions»'),
] as const;

/** Whether a client can write what Ambit or Envoy says. */
export const WRITING_HOLES: readonly Hole[] = [
  {
    code: 'control_headers_pass',
    name: 'they are kept',
    edits: [[AMBIT_PREFIX, ''], MARKED_EARLY],
    also: ['unread_body_sent'],
  },
  {
    code: 'control_headers_pass',
    name: 'only one of them is removed',
    edits: [
      [AMBIT_PREFIX, '                        - remove: x-ambit-decision-id\n'],
      MARKED_EARLY,
    ],
    also: ['unread_body_sent'],
  },
  {
    code: 'envoy_headers_pass',
    name: 'they are kept',
    edits: [[ENVOY_PREFIX, ''], MARKED_EARLY],
  },
  {
    code: 'envoy_headers_pass',
    name: 'they are removed too late, by a filter',
    edits: [
      [ENVOY_PREFIX, ''],
      MARKED_EARLY,
      before(
        IN.filters,
        '- name: strip',
        `  typed_config: { ${typeOf(`${HTTP_FILTER}.header_mutation.v3.HeaderMutation`)}, mutations: { request_mutations: [{ remove_on_match: { key_matcher: { prefix: x-envoy- } } }] } }`,
      ),
    ],
  },
  {
    code: 'control_header_appended',
    name: 'by default',
    edits: [
      before(
        IN.routeAction,
        'response_headers_to_add: [{ header: { key: «x-ambit-note», value: a } }]',
      ),
    ],
  },
  {
    code: 'control_header_appended',
    name: 'in the old spelling',
    edits: [
      before(
        IN.routeAction,
        'request_headers_to_add: [{ header: { key: x-ambit-note, value: a }, append: «true» }]',
      ),
    ],
  },
  {
    code: 'tenant_from_request',
    name: 'in the context',
    edits: [['{ tenant: acme,', "{ tenant: «'%REQ(x-tenant)%'»,"]],
  },
  {
    code: 'tenant_from_request',
    name: 'in the metadata of the call',
    edits: [
      [
        '                        timeout: 1s',
        "                        timeout: 1s\n                        initial_metadata: [{ key: tenant, value: «'%REQ(x-tenant)%'» }]",
      ],
    ],
  },
  {
    code: 'tenant_by_route',
    name: 'one path, one tenant',
    edits: [
      before(
        IN.routes,
        '- match: { prefix: /other/ }',
        '  direct_response: { status: 404 }',
        '  typed_per_filter_config:',
        '    envoy.filters.http.ext_authz:',
        `      ${typeOf(`${HTTP_FILTER}.ext_authz.v3.ExtAuthzPerRoute`)}`,
        '      check_settings: { context_extensions: { tenant: «other» } }',
      ),
    ],
  },
  {
    code: 'no_tenant',
    name: 'only another key',
    edits: [
      ['{ tenant: acme,', '{ team: research,'],
      ['                  name: ai', '                  «name»: ai'],
    ],
  },
];
