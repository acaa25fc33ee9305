import { before, type Hole } from '../support/hole';
import { filterBefore, IN, typeOf } from '../support/places';

const STRIP = '                        - remove_on_match: { key_matcher: { prefix: x-envoy- } }\n';

/** Lets the key of the client pass the ingress, and the headers of clients pass the hops. */
const KEY_PASSES: Hole['edits'] = [
  ['                    - authorization\n', ''],
  [
    '                  request_headers_to_remove:\n',
    '                  «request_headers_to_remove»:\n',
  ],
  [
    '                  - &known_headers\n',
    '                  - &known_headers\n                    disabled: true\n',
  ],
];

/** Keys and control headers of clients that pass all the same. */
const KEPT_HOLES: readonly Hole[] = [
  {
    code: 'client_credentials_pass',
    name: 'what puts a key in its place is off',
    also: ['client_headers_pass'],
    edits: [
      ...KEY_PASSES,
      [
        '                          header: api-key\n',
        '                          header: authorization\n',
      ],
      [
        '                  - name: key\n',
        '                  - name: key\n                    disabled: true\n',
      ],
    ],
  },
  {
    code: 'client_credentials_pass',
    name: 'what removes it is off',
    also: ['client_headers_pass'],
    edits: [
      ...KEY_PASSES,
      filterBefore(
        IN.filters,
        'header_mutation.v3.HeaderMutation',
        'mutations: { request_mutations: [{ remove: authorization }] }',
      ),
      ['- name: added\n', '- name: added\n                    disabled: true\n'],
    ],
  },
  {
    code: 'client_credentials_pass',
    name: 'it goes on under another name',
    edits: [
      before(
        '                      routes:\n                        - match: { prefix: / }',
        "request_headers_to_add: [{ header: { key: x-request-id, value: «'%REQ(authorization)%'» } }]",
      ),
    ],
  },
  {
    code: 'envoy_headers_pass',
    name: 'one is filled in anew',
    edits: [
      [
        STRIP,
        `${STRIP}                        - append: { header: { key: x-envoy-retry-on, value: «'%REQ(x-retry)%'» } }\n`,
      ],
    ],
  },
  {
    code: 'logged_credentials',
    name: 'a tag of a trace',
    edits: [
      before(
        IN.manager,
        'tracing: { custom_tags: [{ tag: key, request_header: { name: «authorization» } }] }',
      ),
    ],
  },
  {
    code: 'logged_credentials',
    name: 'a log of another server',
    also: ['logged_query'],
    edits: [
      before(
        '                  - name: requests\n',
        `- { name: als, typed_config: { ${typeOf('extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig')}, additional_request_headers_to_log: [«x-api-key»] } }`,
      ),
    ],
  },
];

/** Keys that stand where nobody looks for them. */
const INLINE_HOLES: readonly Hole[] = [
  {
    code: 'inline_key',
    name: 'of a client, in a list',
    edits: [
      filterBefore(
        IN.filters,
        'api_key_auth.v3.ApiKeyAuth',
        'credentials: [{ «key»: k-1, client: app }]',
      ),
    ],
  },
  {
    code: 'inline_key',
    name: 'of a client, where a route compares it',
    edits: [
      [
        '                        - match: { prefix: / }\n                          route:',
        '                        - match: { prefix: /, headers: [{ name: x-api-key, string_match: { «exact»: k-1 } }] }\n                          route:',
      ],
    ],
  },
  {
    code: 'inline_key',
    name: 'of users',
    edits: [
      filterBefore(IN.filters, 'basic_auth.v3.BasicAuth', "users: { «inline_string»: 'a:{SHA}b' }"),
    ],
  },
];

/** Keys that a review by hand found to pass, or to be shown. */
export const REVIEW_KEY_HOLES: readonly Hole[] = [...KEPT_HOLES, ...INLINE_HOLES];
