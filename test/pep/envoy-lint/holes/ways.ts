import type { Hole } from '../support/hole';
import { typeOf } from '../support/places';

const ROUTE = '                            cluster: openai-zdr-origin';
const KEY = '                            ';
const GUARD = '                  - &body_guard\n';
const MODEL = '                  - name: model\n';
const MARKED_MODEL = [MODEL, '                  - «name»: model\n'] as const;
const MARKED_ROUTE = [ROUTE, `${KEY}cluster: «openai-zdr-origin»`] as const;
const REWRITE = "regex: '^/.*$' }, substitution: /v1/chat/completions";
const MESSAGES = "                                      messages: '%REQUEST_BODY(messages)%'";
const STORE = '                                      store: false\n';
const CLEARED_ROUTE = `                          route:\n${KEY}cluster: `;
const REUSED = `fields: *responses_fields\n${CLEARED_ROUTE}`;
const LISTENER = '    - name: to-openai-zdr\n';
const FOUR = ['chat', 'responses', 'messages', 'embeddings'];
const TRANSFORM = typeOf('extensions.filters.http.transform.v3.TransformConfig');
const LUA = typeOf('extensions.filters.http.lua.v3.Lua');
const TCP = typeOf('extensions.filters.network.tcp_proxy.v3.TcpProxy');
const SETS_MARK =
  'mutations: { request_mutations: [{ append: { header: { key: x-ambit-rewritten, value: done } } }] }';

/** A filter that is put in front of the guard of the body. */
function beforeGuard(head: string, body: string): readonly [string, string] {
  return [
    GUARD,
    `                  - ${head}\n                    typed_config: { ${body} }\n${GUARD}`,
  ];
}

/** A filter that writes one field into the body. */
function writing(field: string): string {
  return `${TRANSFORM}, request_transformation: { body_transformation: { action: MERGE, body_format: { json_format: { ${field} } } } }`;
}

/** Whether the way to a target can end at another one. */
const WAY_HOLES: readonly Hole[] = [
  {
    code: 'other_listener',
    name: 'a listener is named after nothing',
    edits: [
      [LISTENER, '    - name: shared\n'],
      ['server_listener_name: to-openai-zdr', 'server_listener_name: «shared»'],
    ],
  },
  {
    code: 'mixed_target',
    name: 'all routes of a hop lead into the way to another target',
    also: ['client_model_sent', 'few_retries'],
    edits: FOUR.map(() => [ROUTE, `${KEY}cluster: «groq-us»`] as const),
  },
  {
    code: 'mixed_target',
    name: 'a hop leads to the cluster of all targets',
    base: 'portable',
    also: ['client_model_sent', 'few_retries'],
    edits: FOUR.map(() => [ROUTE, `${KEY}cluster: «targets»`] as const),
  },
  {
    code: 'mixed_target',
    name: 'a weight chooses',
    edits: [
      [ROUTE, `${KEY}«weighted_clusters»: { clusters: [{ name: openai-zdr-origin, weight: 1 }] }`],
    ],
  },
  {
    code: 'mixed_target',
    name: 'a header chooses behind Ambit’s answer',
    edits: [[ROUTE, `${KEY}cluster_header: «x-to»`]],
  },
  ...(['recommended', 'portable'] as const).map((base) => ({
    code: 'mixed_target',
    name: `connections pass through a hop as they are (${base})`,
    base,
    edits: [
      [
        `${LISTENER}      internal_listener: {}\n`,
        `${LISTENER}      internal_listener: {}\n      default_filter_chain: { filters: [{ name: t, typed_config: { ${TCP}, stat_prefix: t, cluster: groq-us-origin } }] }\n`,
      ] as const,
      ['server_listener_name: to-openai-zdr', 'server_listener_name: «to-openai-zdr»'] as const,
    ],
  })),
];

/** Whether a hop writes what it says, and what it has written stays. */
const WRITING_HOLES: readonly Hole[] = [
  {
    code: 'unread_body_sent',
    name: 'another filter writes the mark that the guard demands',
    edits: [
      beforeGuard(
        'name: mark',
        `${typeOf('extensions.filters.http.header_mutation.v3.HeaderMutation')}, ${SETS_MARK}`,
      ),
      MARKED_MODEL,
    ],
  },
  {
    code: 'client_model_sent',
    name: 'a later filter puts the model of the client back',
    edits: [
      beforeGuard('name: back', writing("model: '%REQUEST_BODY(model)%'")),
      ...FOUR.map(() => MARKED_ROUTE),
    ],
  },
  {
    code: 'changed_after_decision',
    name: 'a script of a hop',
    edits: [
      beforeGuard(
        '«name»: script',
        `${LUA}, default_source_code: { inline_string: 'function envoy_on_request(h) end' }`,
      ),
    ],
  },
  ...[
    ['the pattern fits no path', "regex: '^/never$' }, substitution: /v1/chat/completions"],
    ['the pattern has alternatives', "regex: '^/.*a$|^/b$' }, substitution: /v1/chat/completions"],
    ['the pattern fits the paths of another end', "regex: '^.*:x$' }, substitution: /v1/x"],
  ].map(([name = '', rewrite = '']) => ({
    code: 'unwritten_path',
    name,
    edits: [MARKED_ROUTE, [REWRITE, rewrite] as const],
  })),
];

/** Whether what is told to be cleared is. */
const CLEARING_HOLES: readonly Hole[] = [
  {
    code: 'unread_body_sent',
    name: 'no guard demands that the body is cleared',
    base: 'recommended-blind',
    edits: [
      [
        '                                    - header: { name: x-ambit-cleared, string_match: { exact: done } }\n',
        '',
      ],
      ['&clear_fields { name: fields', '&clear_fields «{» name: fields'],
    ],
  },
  {
    code: 'uncleared_fields',
    name: 'answers are stored by default',
    base: 'recommended-blind',
    edits: [
      [`${STORE}${CLEARED_ROUTE}openai-zdr-origin`, `${CLEARED_ROUTE}«openai-zdr-origin»`],
      ...['groq-us', 'azure-eu'].map(
        (id) => [`${REUSED}${id}-origin`, `${REUSED}«${id}-origin»`] as const,
      ),
    ],
  },
  {
    code: 'uncleared_fields',
    name: 'the configuration switches a feature on',
    base: 'recommended-blind',
    edits: [
      [MESSAGES, `${MESSAGES}\n                                      web_search_options: «low»`],
    ],
  },
];

/** What is wrong within the ways to providers, one step further than a missing filter. */
export const WAYS_HOLES: readonly Hole[] = [...WAY_HOLES, ...WRITING_HOLES, ...CLEARING_HOLES];
