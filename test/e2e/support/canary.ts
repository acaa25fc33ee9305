import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ChatOptions, Rig } from './rig';
import { until } from './wait';

/** Stands wherever a request holds what its author wrote, and must stand nowhere else. */
export const MARK = 'canary-of-the-prompt';

const MODEL = 'gpt-5.4-mini';
const TEXT = { type: 'text', text: MARK };
const TOOL = { name: MARK, description: MARK, parameters: { type: 'object', title: MARK } };

/** A chat completion with the mark in everything that a prompt is made of. */
const CHAT = {
  model: MODEL,
  user: MARK,
  metadata: { [MARK]: MARK },
  stop: [MARK],
  messages: [
    { role: 'system', content: MARK },
    { role: 'user', name: MARK, content: [TEXT, { type: 'image_url', image_url: { url: MARK } }] },
    { role: 'user', content: [{ type: 'file', file: { filename: MARK, file_data: MARK } }] },
    {
      role: 'assistant',
      tool_calls: [{ id: MARK, type: 'function', function: { name: MARK, arguments: MARK } }],
    },
    { role: 'tool', tool_call_id: MARK, content: MARK },
  ],
  tools: [{ type: 'function', function: TOOL }],
  response_format: { type: 'json_schema', json_schema: { name: MARK, schema: { title: MARK } } },
};

const RESPONSES = {
  model: MODEL,
  instructions: MARK,
  input: [{ role: 'user', content: [{ type: 'input_text', text: MARK }] }],
  tools: [{ type: 'function', ...TOOL }],
  metadata: { [MARK]: MARK },
  store: false,
};

const MESSAGES = {
  model: MODEL,
  max_tokens: 9,
  system: [TEXT],
  messages: [{ role: 'user', content: [TEXT, { type: 'document', title: MARK, source: {} }] }],
  tools: [{ name: MARK, description: MARK, input_schema: { title: MARK } }],
  metadata: { user_id: MARK },
};

const GEMINI = {
  systemInstruction: { parts: [{ text: MARK }] },
  contents: [{ role: 'user', parts: [{ text: MARK }, { inlineData: { data: MARK } }] }],
  tools: [{ functionDeclarations: [{ name: MARK, description: MARK }] }],
  labels: { [MARK]: MARK },
};

const chat = (fields: object): ChatOptions => ({ text: JSON.stringify({ ...CHAT, ...fields }) });
const at = (path: string, body: object): ChatOptions => ({ path, text: JSON.stringify(body) });
const WHOLE = JSON.stringify(CHAT);

const text = (path: string, body: object): ChatOptions => at(path, { model: MODEL, ...body });

const PLAIN_CHAT = text('/v1/chat/completions', {
  user: MARK,
  stop: [MARK],
  messages: [
    { role: 'system', content: MARK },
    { role: 'user', content: [TEXT] },
  ],
});

/** Prompts of nothing but text, which every configuration passes on where policy allows it. */
export const PLAIN: Readonly<Record<string, ChatOptions>> = {
  'plain text': PLAIN_CHAT,
  'plain text, in chunks': { ...PLAIN_CHAT, chunked: true },
  'plain text, with a query': { ...PLAIN_CHAT, path: `/v1/chat/completions?note=${MARK}` },
  'plain text, with a key in the query': {
    ...PLAIN_CHAT,
    path: `/v1/chat/completions?key=${MARK}`,
  },
  'a stream': text('/v1/messages', {
    stream: true,
    max_tokens: 9,
    system: MARK,
    messages: [{ role: 'user', content: MARK }],
  }),
  'of Embeddings': text('/v1/embeddings', { input: [MARK], user: MARK }),
};

/** Prompts with more than text, which only a configuration that shows Ambit the body passes on. */
export const RICH: Readonly<Record<string, ChatOptions>> = {
  'a chat': chat({}),
  'of Responses': at('/v1/responses', RESPONSES),
  'of Messages': at('/v1/messages', MESSAGES),
  'a field that nobody knows': chat({ [MARK]: { [MARK]: MARK } }),
  'a tool that nobody knows': chat({ tools: [{ type: MARK, [MARK]: MARK }] }),
};

/** With the model in the path, of an API that no target of these tests speaks. */
export const OTHER_API: Readonly<Record<string, ChatOptions>> = {
  'of Gemini': at(`/v1beta/models/${MODEL}:generateContent`, GEMINI),
  'of Gemini, as a stream': at(`/v1beta/models/${MODEL}:streamGenerateContent?alt=sse`, GEMINI),
};

/** With the mark in headers, too, which Ambit is shown as far as they are no credentials. */
export const HEADERS: Readonly<Record<string, ChatOptions>> = {
  'a header': { ...PLAIN_CHAT, headers: { 'x-prompt': MARK, 'api-key': MARK, cookie: MARK } },
};

/** Above what Envoy holds of a request, in characters. */
const TOO_LARGE = 9 * 1024 * 1024;

/** Requests with the mark that are refused, whatever the policy. */
export const REFUSED: Readonly<Record<string, ChatOptions>> = {
  'cut short': { text: WHOLE.slice(0, -20) },
  'no JSON': { text: MARK },
  'no object': { text: JSON.stringify([MARK]) },
  'no text for a model': chat({ model: { [MARK]: MARK } }),
  'no model': chat({ model: undefined }),
  'too large': chat({ prompt: 'x'.repeat(TOO_LARGE) }),
  'of an unknown path': { ...chat({}), path: '/v1/anything' },
};

/** Those that are refused where Ambit reads the body. */
export const REFUSED_BY_BODY: Readonly<Record<string, ChatOptions>> = {
  'a key twice': { text: WHOLE.replace('{', `{"${MARK}":"${MARK}","${MARK}":"${MARK}",`) },
  'two models': { text: WHOLE.replace('{', `{"model":"x-${MARK}",`) },
  'a known field of another type': chat({ store: MARK, stream: [MARK] }),
  'a preference that nobody knows': chat({ provider: { [MARK]: MARK } }),
  'another type of content': { ...chat({}), headers: { 'content-type': `text/plain; a=${MARK}` } },
  'a form': {
    headers: { 'content-type': `multipart/form-data; boundary=b` },
    text: `--b\r\ncontent-disposition: form-data; name="file"; filename="${MARK}"\r\n\r\n${MARK}\r\n--b--\r\n`,
  },
  compressed: { ...chat({}), headers: { 'content-encoding': 'gzip' } },
};

/** Waits until what was done so far has been written, and gives all logs of Ambit and Envoy. */
export async function readLogs(rig: Rig): Promise<string> {
  const fence = await rig.chat({ path: '/v1/chat/completions' });
  const id = String(fence.headers['x-ambit-decision-id']);
  const isIn = (text: string): true | undefined => text.includes(id) || undefined;
  await until('the line of the last decision', () => isIn(rig.ambitOutput()));
  await until('the line of the last request', () => isIn(JSON.stringify(rig.envoy.requestLog())));
  const logs = readdirSync(rig.directory).filter((name) => name.endsWith('.log'));
  return logs.map((name) => readFileSync(join(rig.directory, name), 'utf8')).join('');
}
