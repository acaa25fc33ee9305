import { deflateSync, gzipSync } from 'node:zlib';

import { CHAT, HONEST_BODY } from './raw';
import type { RawRequest } from './raw';

/** What becomes of a request: nothing of it reaches a provider, or it goes on as what Ambit judged, to the first eligible one. */
export type Fate = 'refused' | 'judged';

/** Something that a client tries. */
export interface Trick {
  readonly group: string;
  readonly name: string;
  readonly request: RawRequest;
  /** Where Ambit is shown the body. */
  readonly body: Fate;
  /** Where it is not; absent: the same. */
  readonly blind?: Fate;
}

const MODEL = '"model":"gpt-5.4-mini"';
const MESSAGES = '"messages":[]';
const OTHER = 'openai/gpt-oss-120b';
const TOO_LARGE = 9 * 1024 * 1024;

type Row = readonly [name: string, request: RawRequest, body: Fate, blind?: Fate];

function group(title: string, rows: readonly Row[]): readonly Trick[] {
  return rows.map(([name, request, body, blind]) => ({
    group: title,
    name,
    request,
    body,
    ...(blind === undefined ? {} : { blind }),
  }));
}

const json = (text: string): RawRequest => ({ body: text });
const header = (...more: readonly string[]): RawRequest => ({ more });
const path = (target: string, method = 'POST'): RawRequest => ({
  line: `${method} ${target} HTTP/1.1`,
});
const typed = (type: string, body: string | Buffer = HONEST_BODY): RawRequest => ({
  headers: [`content-type: ${type}`, `content-length: ${String(Buffer.byteLength(body))}`],
  body,
});
const encoded = (encoding: string, body: string | Buffer = HONEST_BODY): RawRequest => ({
  ...typed('application/json', body),
  more: [`content-encoding: ${encoding}`],
});
const chunked = (coding: string, ...more: readonly string[]): RawRequest => ({
  headers: ['content-type: application/json', coding, ...more],
  body: `${HONEST_BODY.length.toString(16)}\r\n${HONEST_BODY}\r\n0\r\n\r\n`,
});

const CONTROL = group('Control headers', [
  ['a decision', header('x-ambit-decision: allow', 'x-ambit-outcome: ALLOW'), 'judged'],
  ['in capitals', header('X-AMBIT-DECISION: allow', 'X-Ambit-Eligible: groq-us'), 'judged'],
  ['a list of targets', header('x-ambit-hosts: envoy://to-groq-us/groq-us'), 'judged'],
  ['twice', header('x-ambit-target: groq-us', 'x-ambit-target: groq-us'), 'judged'],
  [
    'named by Connection',
    header('connection: x-ambit-decision-id', 'x-ambit-decision-id: f'),
    'judged',
  ],
  ['with underscores', header('x_ambit_decision: allow', 'x_ambit_target: groq-us'), 'judged'],
  ['a very long one', header(`x-ambit-target: ${'a'.repeat(20_000)}`), 'judged'],
  ['a retry policy', header('x-envoy-max-retries: 0', 'x-envoy-retry-on: 5xx'), 'judged'],
  ['another path for Envoy', header('x-envoy-original-path: /v1/files'), 'judged'],
  ['a timeout', header('x-envoy-upstream-rq-timeout-ms: 1'), 'judged'],
  [
    'another host',
    header('x-forwarded-host: api.groq.com', 'forwarded: host=api.groq.com'),
    'judged',
  ],
  ['another method', header('x-http-method-override: GET', 'x-method-override: DELETE'), 'judged'],
  ['another URL', header('x-original-url: /v1/files', 'x-rewrite-url: /v1/files'), 'judged'],
  ['a name with a blank', header('x-ambit-decision : allow'), 'refused'],
  ['a folded line', header('x-ambit-decision: allow\r\n x-more: y'), 'judged'],
]);

const CHOOSING = group('Headers that choose what is behind a target', [
  ['a provider of a gateway', header('x-portkey-provider: groq', 'x-portkey-config: {}'), 'judged'],
  ['the URL of a proxy', header('helicone-target-url: https://api.groq.com'), 'judged'],
  ['an account', header('openai-organization: other', 'openai-project: other'), 'judged'],
  [
    'an account, with underscores',
    header('openai_organization: other', 'openai_project: o'),
    'judged',
  ],
  ['a deployment', header('azureml-model-deployment: other'), 'judged'],
  [
    'a key',
    header('authorization: Bearer k', 'x-api-key: k', 'api-key: k', 'x-goog-api-key: k'),
    'judged',
  ],
  ['a cookie', header('cookie: session=1'), 'judged'],
  [
    'a beta of the API',
    header('anthropic-beta: files-api', 'openai-beta: assistants=v2'),
    'judged',
  ],
]);

const KEYS = group('Keys of the body', [
  ['two models', json(`{${MODEL},"model":"${OTHER}",${MESSAGES}}`), 'refused'],
  [
    'two models, the forbidden one first',
    json(`{"model":"${OTHER}",${MODEL},${MESSAGES}}`),
    'refused',
  ],
  ['in capitals beside it', json(`{${MODEL},"Model":"${OTHER}",${MESSAGES}}`), 'refused', 'judged'],
  [
    'in wide letters beside it',
    json(`{${MODEL},"ｍodel":"${OTHER}",${MESSAGES}}`),
    'refused',
    'judged',
  ],
  ['escaped beside it', json(`{${MODEL},"mod\\u0065l":"${OTHER}",${MESSAGES}}`), 'refused'],
  ['in capitals alone', json(`{"MODEL":"gpt-5.4-mini",${MESSAGES}}`), 'refused'],
  [
    'a second list of models',
    json(`{${MODEL},"models":["${OTHER}"],${MESSAGES}}`),
    'refused',
    'judged',
  ],
  ['fallbacks', json(`{${MODEL},"fallbacks":["${OTHER}"],${MESSAGES}}`), 'refused', 'judged'],
  ['a route', json(`{${MODEL},"route":"fallback",${MESSAGES}}`), 'refused', 'judged'],
  [
    'an order of providers',
    json(`{${MODEL},"provider":{"order":["groq"]},${MESSAGES}}`),
    'refused',
    'judged',
  ],
  [
    'models of a gateway',
    json(`{${MODEL},"providerOptions":{"gateway":{"models":["${OTHER}"]}},${MESSAGES}}`),
    'refused',
    'judged',
  ],
  ['an engine', json(`{${MODEL},"engine":"${OTHER}",${MESSAGES}}`), 'refused', 'judged'],
  ['a deployment', json(`{${MODEL},"deployment_id":"other",${MESSAGES}}`), 'refused', 'judged'],
  [
    'another address',
    json(`{${MODEL},"base_url":"https://api.groq.com",${MESSAGES}}`),
    'refused',
    'judged',
  ],
  [
    'a body within it',
    json(`{${MODEL},"extra_body":{"model":"${OTHER}"},${MESSAGES}}`),
    'refused',
    'judged',
  ],
  ['stored answers', json(`{${MODEL},"store":true,${MESSAGES}}`), 'refused', 'judged'],
  [
    'a tool of the provider',
    json(`{${MODEL},"tools":[{"type":"mcp"}],${MESSAGES}}`),
    'refused',
    'judged',
  ],
  [
    'an uploaded file',
    json(
      `{${MODEL},"messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"f"}}]}]}`,
    ),
    'refused',
  ],
  [
    'a key that nobody knows',
    json(`{${MODEL},"something_new":1,${MESSAGES}}`),
    'refused',
    'judged',
  ],
  ['a list as the model', json(`{"model":["gpt-5.4-mini"],${MESSAGES}}`), 'refused'],
  ['no model', json(`{${MESSAGES}}`), 'refused'],
  ['a list as the body', json(`[{${MODEL}}]`), 'refused'],
]);

const TEXTS = group('How the body is written', [
  ['a byte order mark', json(`\uFEFF${HONEST_BODY}`), 'refused'],
  ['UTF-16', { body: Buffer.from(HONEST_BODY, 'utf16le') }, 'refused'],
  [
    'no UTF-8',
    {
      body: Buffer.concat([
        Buffer.from(`{${MODEL},"user":"`),
        Buffer.from([0xff, 0xfe]),
        Buffer.from(`",${MESSAGES}}`),
      ]),
    },
    'refused',
  ],
  [
    'an overlong letter',
    {
      body: Buffer.concat([
        Buffer.from(`{${MODEL},"`),
        Buffer.from([0xc1, 0xad]),
        Buffer.from(`odel":"x",${MESSAGES}}`),
      ]),
    },
    'refused',
  ],
  ['half a surrogate pair', json(`{${MODEL},"user":"\\ud800",${MESSAGES}}`), 'refused'],
  ['a NUL behind it', json(`${HONEST_BODY}\u0000`), 'refused'],
  ['text behind it', json(`${HONEST_BODY}{"model":"${OTHER}"}`), 'refused'],
  ['a comment', json(`{/* a */${MODEL},${MESSAGES}}`), 'refused'],
  ['a comma at the end', json(`{${MODEL},${MESSAGES},}`), 'refused'],
  ['a number that is none', json(`{${MODEL},"temperature":1e999,${MESSAGES}}`), 'refused'],
  ['too deep', json(`{${MODEL},"messages":${'['.repeat(500)}${']'.repeat(500)}}`), 'refused'],
  ['half of it', json(`{${MODEL},"messages":[`), 'refused'],
  ['nothing', json(''), 'refused'],
  ['too much', json(`{${MODEL},"user":"${'x'.repeat(TOO_LARGE)}",${MESSAGES}}`), 'refused'],
]);

const TYPES = group('What the body is called', [
  ['plain text', typed('text/plain'), 'refused'],
  ['a form', typed('application/x-www-form-urlencoded', 'model=gpt-5.4-mini'), 'refused'],
  [
    'multipart',
    typed(
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="model"\r\n\r\ngpt-5.4-mini\r\n--b--\r\n',
    ),
    'refused',
  ],
  ['JSON in capitals', typed('APPLICATION/JSON'), 'judged', 'refused'],
  ['another charset', typed('application/json; charset=utf-16'), 'refused'],
  ['two types', { more: ['content-type: text/plain'] }, 'refused'],
  ['no type', { headers: [`content-length: ${String(HONEST_BODY.length)}`] }, 'refused'],
  ['gzip', encoded('gzip', gzipSync(HONEST_BODY)), 'refused'],
  ['deflate', encoded('deflate', deflateSync(HONEST_BODY)), 'refused'],
  ['plain, called gzip', encoded('gzip'), 'refused'],
  ['plain, called br', encoded('br'), 'refused'],
  ['a list of codings', encoded('identity, gzip'), 'refused'],
]);

const LENGTHS = group('Where a request ends', [
  ['a length and chunks', chunked('transfer-encoding: chunked', 'content-length: 4'), 'refused'],
  ['two lengths', header('content-length: 4'), 'refused'],
  ['an odd coding', chunked('transfer-encoding: xchunked'), 'refused'],
  ['a coding twice', chunked('transfer-encoding: chunked, chunked'), 'refused'],
  ['honest chunks', chunked('transfer-encoding: chunked'), 'judged'],
  [
    'a second request behind it',
    {
      behind: `POST ${CHAT} HTTP/1.1\r\nhost: ai\r\ncontent-type: application/json\r\ncontent-length: 40\r\n\r\n{"model":"${OTHER}","a":1}   `,
    },
    'judged',
  ],
  [
    'a length in hexadecimal',
    { headers: ['content-type: application/json', 'content-length: 0x4c'] },
    'refused',
  ],
  [
    'a negative length',
    { headers: ['content-type: application/json', 'content-length: -1'] },
    'refused',
  ],
  ['HTTP/1.0', { line: `POST ${CHAT} HTTP/1.0` }, 'refused'],
  ['HTTP/0.9', { line: `POST ${CHAT}` }, 'refused'],
  ['an expectation', header('expect: 100-continue'), 'judged'],
]);

const PATHS = group('The path', [
  ['two slashes', path('//v1//chat//completions'), 'judged'],
  ['a step back', path('/v1/files/../chat/completions'), 'judged'],
  ['an encoded step back', path('/v1/files/%2e%2e/chat/completions'), 'judged'],
  ['an encoded slash', path('/v1%2Fchat%2Fcompletions'), 'refused'],
  ['a backslash', path('/v1\\chat\\completions'), 'judged'],
  ['a parameter', path('/v1/chat/completions;model=other'), 'refused'],
  ['in capitals', path('/V1/Chat/Completions'), 'refused'],
  ['a slash at the end', path('/v1/chat/completions/'), 'refused'],
  ['a query with a model', path(`${CHAT}?model=${OTHER}&provider=groq`), 'judged'],
  ['a fragment', path(`${CHAT}#/v1/files`), 'refused'],
  ['a NUL', path('/v1/chat/completions%00'), 'refused'],
  ['an absolute form', path(`http://api.groq.com${CHAT}`), 'judged'],
  ['files', path('/v1/files'), 'refused'],
  ['batches', path('/v1/batches'), 'refused'],
  ['another model in the path', path(`/openai/deployments/other/chat/completions`), 'refused'],
  [
    'a model with a slash in the path',
    path('/v1beta/models/gpt-5.4-mini%2F..%2Fx:generateContent'),
    'refused',
  ],
  ['a model encoded twice', path('/v1beta/models/gpt%252d5.4-mini:generateContent'), 'refused'],
  ['GET', path(CHAT, 'GET'), 'refused'],
  ['TRACE', path(CHAT, 'TRACE'), 'refused'],
  ['OPTIONS', path(CHAT, 'OPTIONS'), 'refused'],
  ['CONNECT', path('api.groq.com:443', 'CONNECT'), 'refused'],
  [
    'a WebSocket',
    {
      ...path(CHAT, 'GET'),
      more: [
        'upgrade: websocket',
        'connection: upgrade',
        'sec-websocket-version: 13',
        'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
      ],
    },
    'refused',
  ],
  ['HTTP/2 by upgrade', header('upgrade: h2c', 'http2-settings: AAMAAABkAAQAAP__'), 'judged'],
  ['realtime', path('/v1/realtime?model=gpt-5.4-mini', 'GET'), 'refused'],
]);

const NAMES = group('Names with something in them', [
  [
    'a line break',
    json(`{"model":"gpt-5.4-mini\\r\\nx-ambit-decision: allow",${MESSAGES}}`),
    'refused',
  ],
  ['an address', json(`{"model":"x,envoy://to-groq-us/groq-us",${MESSAGES}}`), 'refused'],
  [
    'the end of a text',
    json(`{"model":"x\\",\\"hosts\\":\\"envoy://to-groq-us/groq-us",${MESSAGES}}`),
    'refused',
  ],
  ['a format', json(`{"model":"%REQ(authorization)%",${MESSAGES}}`), 'refused'],
  ['a pin to another provider', json(`{"model":"groq/${OTHER}",${MESSAGES}}`), 'refused'],
  ['the ineligible target by its id', json(`{"model":"groq-us",${MESSAGES}}`), 'refused'],
  ['a very long name', json(`{"model":"${'m'.repeat(5_000)}",${MESSAGES}}`), 'refused'],
]);

const TENANTS = group('Whom it is for', [
  [
    'a tenant in a header',
    header('x-ambit-tenant: other', 'x-tenant: other', 'tenant: other'),
    'judged',
  ],
  ['a tenant in the host', { host: 'host: other.tenant.example' }, 'judged'],
  ['a tenant in the query', path(`${CHAT}?tenant=other`), 'judged'],
  ['two hosts', header('host: other'), 'judged'],
  ['no host', { host: '' }, 'refused'],
]);

/** All of them. */
export const TRICKS: readonly Trick[] = [
  ...CONTROL,
  ...CHOOSING,
  ...KEYS,
  ...TEXTS,
  ...TYPES,
  ...LENGTHS,
  ...PATHS,
  ...NAMES,
  ...TENANTS,
];
