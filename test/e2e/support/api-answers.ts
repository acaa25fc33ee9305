import type { Answering } from './provider';

/** An event of a stream: its name, if its API gives names, and what it holds. */
type Event = readonly [name: string | undefined, data: object | string];

/** What one API answers, whole or as a stream in which the text comes in pieces. */
interface ApiAnswer {
  readonly whole: (text: string) => object;
  readonly events: (pieces: readonly string[]) => readonly Event[];
}

const named = (type: string, fields: object = {}): Event => [type, { type, ...fields }];

const completion = (object: string, choice: object): object => ({
  id: 'completion',
  object,
  created: 0,
  model: 'm',
  choices: [{ index: 0, ...choice }],
});

const chunk = (delta: object, finish: string | null = null): Event => [
  undefined,
  completion('chat.completion.chunk', { delta, finish_reason: finish }),
];

const CHAT: ApiAnswer = {
  whole: (content) => ({
    ...completion('chat.completion', {
      message: { role: 'assistant', content },
      finish_reason: 'stop',
    }),
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  }),
  events: (pieces) => [
    chunk({ role: 'assistant', content: '' }),
    ...pieces.map((content) => chunk({ content })),
    chunk({}, 'stop'),
    [undefined, '[DONE]'],
  ],
};

const response = (status: string, output: readonly object[]): object => ({
  id: 'resp',
  object: 'response',
  created_at: 0,
  status,
  model: 'm',
  output,
  usage: {
    input_tokens: 1,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 1,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 2,
  },
});

const textPart = (text: string): object => ({ type: 'output_text', text, annotations: [] });

const outputItem = (status: string, content: readonly object[]): object => ({
  type: 'message',
  id: 'msg',
  role: 'assistant',
  status,
  content,
});

const PLACE = { item_id: 'msg', output_index: 0, content_index: 0 };

const RESPONSES: ApiAnswer = {
  whole: (text) => response('completed', [outputItem('completed', [textPart(text)])]),
  events: (pieces) => {
    const whole = outputItem('completed', [textPart(pieces.join(''))]);
    const begun = { output_index: 0, item: outputItem('in_progress', []) };
    return [
      named('response.created', { response: response('in_progress', []) }),
      named('response.output_item.added', begun),
      named('response.content_part.added', { ...PLACE, part: textPart('') }),
      ...pieces.map((delta) => named('response.output_text.delta', { ...PLACE, delta })),
      named('response.output_item.done', { output_index: 0, item: whole }),
      named('response.completed', { response: response('completed', [whole]) }),
    ];
  },
};

const message = (content: readonly object[], stop: string | null): object => ({
  id: 'msg',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content,
  stop_reason: stop,
  stop_sequence: null,
  usage: { input_tokens: 1, output_tokens: 1 },
});

const END = {
  delta: { stop_reason: 'end_turn', stop_sequence: null },
  usage: { output_tokens: 1 },
};

const MESSAGES: ApiAnswer = {
  whole: (text) => message([{ type: 'text', text }], 'end_turn'),
  events: (pieces) => [
    named('message_start', { message: message([], null) }),
    named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    ...pieces.map((text) =>
      named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
    ),
    named('content_block_stop', { index: 0 }),
    named('message_delta', END),
    named('message_stop'),
  ],
};

/** The vector of every embedding, and how OpenAI's client asks for it: as bytes of 32-bit floats, in base64. */
export const EMBEDDING = [1, 2];
const EMBEDDING_BASE64 = Buffer.from(Float32Array.from(EMBEDDING).buffer).toString('base64');

const EMBEDDINGS: ApiAnswer = {
  whole: () => ({
    object: 'list',
    model: 'm',
    data: [{ object: 'embedding', index: 0, embedding: EMBEDDING_BASE64 }],
    usage: { prompt_tokens: 1, total_tokens: 1 },
  }),
  events: () => [],
};

/** By the end of the path: each provider has a prefix of its own. */
const APIS: Readonly<Record<string, ApiAnswer>> = {
  '/chat/completions': CHAT,
  '/responses': RESPONSES,
  '/messages': MESSAGES,
  '/embeddings': EMBEDDINGS,
};

const encode = ([name, data]: Event): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

/** Answers as a provider of these APIs does, in full or as a stream, with a text of these pieces. */
export const answerAsApi =
  (...pieces: readonly string[]): Answering =>
  ({ path, body }, outgoing) => {
    const [pathname = ''] = path.split('?');
    const api = Object.entries(APIS).find(([ending]) => pathname.endsWith(ending))?.[1];
    if (api === undefined) throw new Error(`no API at ${path}`);
    const isStream = (JSON.parse(body) as { readonly stream?: boolean }).stream === true;
    outgoing.writeHead(200, {
      'content-type': isStream ? 'text/event-stream' : 'application/json',
    });
    if (isStream) outgoing.end(api.events(pieces).map(encode).join(''));
    else outgoing.end(JSON.stringify(api.whole(pieces.join(''))));
  };
