import { before, type Hole } from '../support/hole';
import { IN, typeOf } from '../support/places';

const CHECK_SETTINGS = '                          check_settings:';
const MODEL = '                          body_format: { json_format: { model: gpt-5.4-mini } }';
const UPSTREAM_MODEL = 'body_format: { json_format: { model: gpt-5.4-mini } }';
const ROUTES = ['chat_completions', 'responses', 'messages', 'embeddings'];

/** Marks the cluster of each route to the first provider. */
const MARKED_ROUTES = ROUTES.map(
  () =>
    [
      '                            cluster: openai-zdr-origin',
      '                            cluster: «openai-zdr-origin»',
    ] as const,
);

/** Whether Ambit judges what is sent. */
export const JUDGING_HOLES: readonly Hole[] = [
  {
    code: 'partial_body',
    name: 'at the filter',
    edits: [['allow_partial_message: false', 'allow_partial_message: «true»']],
  },
  {
    code: 'partial_body',
    name: 'on a route',
    edits: [
      before(
        '                            context_extensions: { tenant: acme, ambit.path: rewritten }',
        'with_request_body: { max_request_bytes: 1024, allow_partial_message: «true» }',
      ),
    ],
  },
  {
    code: 'body_as_text',
    name: 'off',
    edits: [['pack_as_bytes: true', 'pack_as_bytes: «false»']],
  },
  {
    code: 'body_as_text',
    name: 'missing',
    edits: [
      ['                        pack_as_bytes: true\n', ''],
      [
        '                        max_request_bytes:',
        '                        «max_request_bytes»:',
      ],
    ],
  },
  {
    code: 'body_above_ambit',
    name: 'as large as all that Ambit takes',
    edits: [['max_request_bytes: 4194304', 'max_request_bytes: «8388608»']],
  },
  {
    code: 'body_above_buffer',
    name: 'a small buffer of all listeners',
    edits: [['&buffer_bytes 8388608', '&buffer_bytes «65536»']],
  },
  {
    code: 'body_above_buffer',
    name: 'a default buffer on the way to one provider',
    edits: [
      [
        '    - name: to-groq-us\n      internal_listener: {}\n      per_connection_buffer_limit_bytes: *buffer_bytes\n',
        '    - «name»: to-groq-us\n      internal_listener: {}\n',
      ],
    ],
  },
  {
    code: 'withheld_body',
    name: 'on a route',
    edits: [
      [
        CHECK_SETTINGS,
        `${CHECK_SETTINGS}\n                            disable_request_body_buffering: «true»`,
      ],
    ],
  },
  {
    code: 'late_lift',
    name: 'nothing lifts the model',
    base: 'recommended-blind',
    edits: [
      ['filters.http.json_to_metadata.v3.JsonToMetadata', 'filters.http.cors.v3.Cors'],
      [IN.filters, IN.filters.replace('name', '«name»')],
    ],
  },
  {
    code: 'client_model_sent',
    name: 'a hop takes the model of the request',
    edits: [[MODEL, MODEL.replace('gpt-5.4-mini', "'%REQUEST_BODY(model)%'")], ...MARKED_ROUTES],
  },
  {
    code: 'client_model_sent',
    name: 'a target without a hop',
    edits: [
      ['    - name: openai-zdr\n      type', '    - name: «openai-zdr»\n      type'],
      [
        '{ envoy_internal_address: { server_listener_name: to-openai-zdr } }',
        '{ socket_address: { address: 127.0.0.1, port_value: 8000 } }',
      ],
    ],
  },
  {
    code: 'client_model_sent',
    name: 'one route leaves the body alone, and has no path of its own',
    edits: [
      [
        `                            cluster: openai-zdr-origin
                            timeout: 0s
                            host_rewrite_literal: api.openai.com
                            # The target's own path: whatever model or account the client's path named is gone.
                            regex_rewrite: { pattern: { regex: '^/.*$' }, substitution: /v1/chat/completions }
`,
        `                            cluster: «openai-zdr-origin»
                            timeout: 0s
                            host_rewrite_literal: api.openai.com
                          typed_per_filter_config: { model: { ${typeOf('extensions.filters.http.transform.v3.TransformConfig')} } }
`,
      ],
    ],
    also: ['unwritten_path'],
  },
  {
    code: 'unseen_model_sent',
    name: 'a hop takes the model of the request',
    base: 'portable-blind',
    edits: [
      [UPSTREAM_MODEL, UPSTREAM_MODEL.replace('gpt-5.4-mini', "'%REQUEST_BODY(model)%'")],
      ...MARKED_ROUTES,
    ],
    also: ['uncleared_fields'],
  },
  {
    code: 'uncleared_fields',
    name: 'the body keeps tools',
    base: 'recommended-blind',
    edits: [
      [
        "                                      messages: '%REQUEST_BODY(messages)%'",
        "                                      messages: '%REQUEST_BODY(messages)%'\n                                      tools: «'%REQUEST_BODY(tools)%'»",
      ],
    ],
  },
  {
    code: 'uncleared_fields',
    name: 'the body keeps what the client says of storing',
    base: 'portable-blind',
    edits: [['store: false', "store: «'%REQUEST_BODY(store)%'»"]],
  },
  {
    code: 'uncleared_fields',
    name: 'it is said of a configuration that clears nothing',
    edits: [
      ['{ tenant: acme,', '{ tenant: acme, ambit.routing_fields: cleared,'],
      ...['openai-zdr', 'groq-us', 'azure-eu'].flatMap((id) =>
        ROUTES.map(
          () =>
            [
              `                            cluster: ${id}-origin`,
              `                            cluster: «${id}-origin»`,
            ] as const,
        ),
      ),
    ],
  },
  {
    code: 'unwritten_path',
    name: 'one route keeps the path of the client',
    edits: [
      [
        '                            cluster: openai-zdr-origin',
        '                            cluster: «openai-zdr-origin»',
      ],
      [
        "                            regex_rewrite: { pattern: { regex: '^/.*$' }, substitution: /v1/chat/completions }\n",
        '',
      ],
    ],
  },
  {
    code: 'unread_body_sent',
    name: 'no guard demands that the body was read',
    edits: [
      ['                  - name: model', '                  - «name»: model'],
      ['- header: { name: x-ambit-rewritten,', '- header: { name: x-ambit-other,'],
      ...['groq-us', 'azure-eu'].map(
        () => ['                  - name: model', '                  - «name»: model'] as const,
      ),
    ],
  },
  {
    code: 'path_normalization',
    name: 'off',
    edits: [['normalize_path: true', 'normalize_path: «false»']],
  },
  {
    code: 'path_normalization',
    name: 'slashes that are kept',
    edits: [
      [
        'path_with_escaped_slashes_action: REJECT_REQUEST',
        'path_with_escaped_slashes_action: «KEEP_UNCHANGED»',
      ],
    ],
  },
  {
    code: 'upgrades',
    name: 'at the listener',
    edits: [
      before(
        IN.manager,
        'upgrade_configs: [{ upgrade_type: «websocket» }, { upgrade_type: other, enabled: false }]',
      ),
    ],
  },
  {
    code: 'upgrades',
    name: 'on a route',
    edits: [before(IN.route, 'upgrade_configs: [{ upgrade_type: «CONNECT», connect_config: {} }]')],
  },
];
