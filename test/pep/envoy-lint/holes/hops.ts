import type { Hole } from '../support/hole';
import { typeOf } from '../support/places';

const ROUTE = '                            cluster: openai-zdr-origin';
const OTHER_ROUTE = '                            cluster: «groq-us-origin»';
const MARKED_ROUTE = [ROUTE, '                            cluster: «openai-zdr-origin»'] as const;
const LISTENER = 'server_listener_name: to-openai-zdr } }';
const OTHER_LISTENER = 'server_listener_name: to-groq-us } }';
const MODEL = '                  - name: model\n';
const MARKED_MODEL = [MODEL, '                  - «name»: model\n'] as const;
const REWRITE = "regex: '^/.*$' }, substitution: /v1/chat/completions";
const HOST = "                    - name: openai-zdr\n                      domains: ['*']\n";
const TRANSFORM = typeOf('extensions.filters.http.transform.v3.TransformConfig');
const MESSAGES = "                                      messages: '%REQUEST_BODY(messages)%'";
const CONTEXT = 'context_extensions: { tenant: acme,';
const UNDERSCORES = '{ headers_with_underscores_action: DROP_HEADER }';

/** Marks the internal listeners. */
const MARKED_LISTENERS = ['openai-zdr', 'groq-us', 'azure-eu'].map(
  (id) => [`    - name: to-${id}\n`, `    - «name»: to-${id}\n`] as const,
);

/** Edits as many routes as a hop has. */
function eachRoute(from: string, to: string): Hole['edits'] {
  return ['chat', 'responses', 'messages', 'embeddings'].map(() => [from, to] as const);
}

/** What a virtual host says to a filter. */
function atHost(filter: string, says: string): readonly [string, string] {
  const key = '                      typed_per_filter_config:';
  return [HOST, `${HOST}${key} { ${filter}: { ${says} } }\n`];
}

const OFF = `${typeOf('config.route.v3.FilterConfig')}, disabled: true, config: {}`;

/** Whether each target leads to one place of its own. */
const MIXED_HOLES: readonly Hole[] = [
  {
    code: 'mixed_target',
    name: 'a target leads to the listener of another one',
    edits: [[OTHER_LISTENER, 'server_listener_name: «to-openai-zdr» } }']],
  },
  {
    code: 'mixed_target',
    name: 'two targets lead to the listeners of each other',
    edits: [
      [LISTENER, 'server_listener_name: «to-groq-us»  } }'],
      [OTHER_LISTENER, 'server_listener_name: «to-openai-zdr»  } }'],
    ],
  },
  {
    code: 'mixed_target',
    name: 'two targets lead to one listener that goes by neither name',
    also: ['other_listener'],
    edits: [
      ['    - name: to-openai-zdr\n', '    - name: shared\n'],
      [LISTENER, 'server_listener_name: shared } }'],
      [OTHER_LISTENER, 'server_listener_name: «shared» } }'],
    ],
  },
  {
    code: 'mixed_target',
    name: 'a target has two endpoints',
    edits: [
      ['    - name: openai-zdr\n      type', '    - name: «openai-zdr»\n      type'],
      [
        `{ envoy_internal_address: { ${LISTENER}`,
        `{ envoy_internal_address: { ${LISTENER}\n              - endpoint:\n                  address: { envoy_internal_address: { server_listener_name: to-azure-eu } }`,
      ],
    ],
  },
  {
    code: 'mixed_target',
    name: 'one route of a hop leads to another provider',
    edits: [[ROUTE, OTHER_ROUTE]],
  },
  {
    code: 'mixed_target',
    name: 'all routes of a hop lead to the provider of another one',
    base: 'portable',
    also: ['client_model_sent', 'few_retries'],
    edits: eachRoute(ROUTE, OTHER_ROUTE),
  },
];

/** Whether a hop’s own parts run. */
const SWITCHED_HOLES: readonly Hole[] = [
  {
    code: 'unread_body_sent',
    name: 'the guard of the body is off',
    edits: [
      [
        '                    name: body-guard\n',
        '                    name: body-guard\n                    disabled: true\n',
      ],
      MARKED_MODEL,
      MARKED_MODEL,
      MARKED_MODEL,
    ],
  },
  {
    code: 'unread_body_sent',
    name: 'a virtual host switches the guard of the body off',
    edits: [atHost('body-guard', OFF), MARKED_MODEL],
  },
  {
    code: 'client_model_sent',
    name: 'a route marks the body as written, and writes no model into it',
    edits: [
      MARKED_ROUTE,
      [
        '                          match: &chat_completions_paths',
        `                          typed_per_filter_config: { model: { ${TRANSFORM}, request_transformation: { headers_mutations: [{ append: { header: { key: x-ambit-rewritten, value: done } } }] } } }\n                          match: &chat_completions_paths`,
      ],
    ],
  },
  {
    code: 'client_model_sent',
    name: 'what writes the model is off',
    edits: [
      [MODEL, `${MODEL}                    disabled: true\n`],
      MARKED_ROUTE,
      MARKED_ROUTE,
      MARKED_ROUTE,
      MARKED_ROUTE,
    ],
  },
  {
    code: 'client_model_sent',
    name: 'a virtual host switches off what writes the model',
    edits: [atHost('model', OFF), MARKED_ROUTE, MARKED_ROUTE, MARKED_ROUTE, MARKED_ROUTE],
  },
  {
    code: 'uncleared_fields',
    name: 'a harmless name takes another field',
    base: 'recommended-blind',
    edits: [
      [MESSAGES, MESSAGES.replace("'%REQUEST_BODY(messages)%'", "«'%REQUEST_BODY(tools)%'»")],
    ],
  },
  {
    code: 'uncleared_fields',
    name: 'a field that no list names',
    base: 'recommended-blind',
    edits: [
      [
        MESSAGES,
        `${MESSAGES}\n                                      reasoning: «'%REQUEST_BODY(reasoning)%'»`,
      ],
    ],
  },
  ...[
    ['a group keeps the path of the client', "regex: '^(/.*)$' }, substitution: '/v1\\1'"],
    ['all that matched is kept', "regex: '^/.*$' }, substitution: '/v1\\0'"],
    ['only the start is written', "regex: '^/v1' }, substitution: /v2"],
    ['a group within a group keeps it', "regex: '^/((v1)/.*)$' }, substitution: '/\\2'"],
  ].map(([name = '', rewrite = '']) => ({
    code: 'unwritten_path',
    name,
    edits: [MARKED_ROUTE, [REWRITE, rewrite] as const],
  })),
];

/** Whether a hop lets pass only what is known. */
const SCRIPT_HOLES: readonly Hole[] = [
  {
    code: 'client_headers_pass',
    name: 'one hop has no list of headers',
    edits: [['                  - *known_headers\n', ''], MARKED_LISTENERS[1] ?? ['', '']],
  },
  {
    code: 'client_headers_pass',
    name: 'the list names another header',
    also: ['changed_after_decision'],
    edits: [['["accept"]=true', '["accept"]=true, ["x-portkey-config"]=true'], ...MARKED_LISTENERS],
  },
  {
    code: 'client_headers_pass',
    name: 'the script does something else as well',
    also: ['changed_after_decision'],
    edits: [['handle:headers(), {}', 'handle:headers(), {} -- x'], ...MARKED_LISTENERS],
  },
  {
    code: 'client_headers_pass',
    name: 'a virtual host switches the list off',
    edits: [atHost('known-headers', OFF), MARKED_LISTENERS[0] ?? ['', '']],
  },
  {
    code: 'unread_parts',
    name: 'parts of messages are not looked at',
    base: 'recommended-blind',
    edits: [
      ['                  - *text_only\n', ''],
      ['&clear_fields { name: fields', '&clear_fields { name: «fields»'],
    ],
  },
  {
    code: 'unread_parts',
    name: 'a part may name a file',
    also: ['changed_after_decision'],
    base: 'portable-blind',
    edits: [
      ['{content=true', '{content=true, file_id=true'],
      ['&clear_fields { name: fields', '&clear_fields { name: «fields»'],
    ],
  },
  {
    code: 'underscore_headers',
    name: 'they pass',
    edits: [[UNDERSCORES, '{ headers_with_underscores_action: «ALLOW» }']],
  },
  {
    code: 'underscore_headers',
    name: 'nothing is said of them',
    edits: [[`common_http_protocol_options: ${UNDERSCORES}`, '«common_http_protocol_options»: {}']],
  },
  {
    code: 'unknown_context',
    name: 'a key that Ambit does not know',
    edits: [[CONTEXT, CONTEXT.replace('acme,', 'acme, «ambit.foo»: x,')]],
  },
  {
    code: 'unknown_context',
    name: 'a value that Ambit does not know',
    edits: [[CONTEXT, CONTEXT.replace('acme,', 'acme, «ambit.models_api»: foo,')]],
  },
  {
    code: 'upstream_filters',
    name: 'at the cluster of a provider',
    edits: [
      [
        '    - name: openai-zdr-origin\n',
        `    - name: openai-zdr-origin\n      typed_extension_protocol_options:\n        envoy.extensions.upstreams.http.v3.HttpProtocolOptions: { ${typeOf('extensions.upstreams.http.v3.HttpProtocolOptions')}, explicit_http_config: { http_protocol_options: {} }, http_filters: [{ name: «put-back», typed_config: { ${typeOf('extensions.filters.http.header_mutation.v3.HeaderMutation')} } }, { name: codec, typed_config: { ${typeOf('extensions.filters.http.upstream_codec.v3.UpstreamCodec')} } }] }\n`,
      ],
    ],
  },
  {
    code: 'upstream_filters',
    name: 'at the router of the hops',
    edits: [
      [
        '                      suppress_envoy_headers: true\n',
        `                      suppress_envoy_headers: true\n                      upstream_http_filters: [{ name: «put-back», typed_config: { ${typeOf('extensions.filters.http.header_mutation.v3.HeaderMutation')} } }]\n`,
      ],
    ],
  },
];

/** What is wrong on the way from Ambit’s answer to one provider. */
export const HOP_HOLES: readonly Hole[] = [...MIXED_HOLES, ...SWITCHED_HOLES, ...SCRIPT_HOLES];
