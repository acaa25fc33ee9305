import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { status } from '@grpc/grpc-js';

import { MAX_CHECK_BYTES } from '../../../src/pep/limits';
import { codeOf, denialOf, messageOf } from './support/answers';
import { encodeCheck, serveCheck, toWire, type CheckServer } from './support/check-server';

const PACK = readFileSync(join(__dirname, '../../e2e/envoy/pack.yaml'), 'utf8');

/** A marked text that stands for a prompt. */
const CANARY = 'canary-6f1d';

let server: CheckServer;

beforeAll(async () => {
  server = await serveCheck({ 'pack.yaml': PACK });
});
afterAll(() => {
  server.close();
});

const lastContext = () => {
  const last = server.decided.at(-1);
  if (last === undefined) throw new Error('nothing was decided');
  return last.ask.request.context;
};

describe('what Ambit learns of a request', () => {
  test.each([
    ['/v1/chat/completions', 'chat_completions'],
    ['/v1/responses', 'responses'],
    ['/v1/messages', 'messages'],
    ['/v1/embeddings', 'embeddings'],
    ['/v1/chat/completions?api-version=1&beta=true', 'chat_completions'],
  ])('%s is %s', async (path, api) => {
    await server.check({ path, body: { model: 'gpt-5.4-mini' } });
    expect(lastContext()).toMatchObject({ api, model: 'gpt-5.4-mini', models: [] });
  });

  test.each([
    ['GET', '/v1/chat/completions'],
    ['POST', '/v1/chat/completions/'],
    ['POST', '/V1/chat/completions'],
    ['POST', '//v1/chat/completions'],
    ['POST', '/v1/chat/completion%73'],
    ['POST', '/v1/realtime'],
    ['POST', '/v1/files'],
    ['POST', '/v1/batches'],
    ['POST', ''],
  ])('%s %s is blocked', async (method, path) => {
    const response = await server.check({ method, path });
    expect(denialOf(response).status).toBe(400);
    expect(codeOf(response)).toBe('invalid_request');
  });

  test('tenant and scope are those of the configuration, whatever the client writes', async () => {
    await server.check({
      headers: { 'x-ambit-tenant': 'forged', tenant: 'forged' },
      path: '/v1/chat/completions?tenant=forged',
      body: { model: 'gpt-5.4-mini', metadata: { tenant: 'forged' }, user: 'forged' },
      extensions: { tenant: 'acme', team: 'blue' },
    });
    const { tenant, scope } = lastContext();
    expect([tenant, [...scope]]).toEqual(['acme', [['team', 'blue']]]);
  });

  test('nothing of the prompt stays, in an answer or in what is recorded', async () => {
    const bodies = [
      { model: 'gpt-5.4-mini', messages: [{ role: 'user', content: CANARY }], user: CANARY },
      { model: 'gpt-5.4-mini', messages: CANARY, [CANARY]: CANARY },
      { model: 'gpt-5.4-mini', messages: [{ type: CANARY }], tools: [{ type: CANARY }] },
      { model: 'gpt-5.4-mini', store: CANARY },
      { messages: CANARY },
      `{"${CANARY}": 1, "${CANARY}": 2}`,
      CANARY,
      `{"model": "gpt-5.4-mini", "x": "${CANARY}`,
    ];
    for (const body of bodies) {
      const response = await server.check({ body });
      const { ask, answer } = server.decided.at(-1) ?? {};
      const kept = [ask?.request.context, ask?.request.problems, answer?.decision, response];
      const text = JSON.stringify(kept, (_key, value: unknown) =>
        value instanceof Map ? [...value] : value,
      );
      expect(text).not.toContain(CANARY);
    }
  });
});

describe('what cannot be read as the provider would read it is refused with 400', () => {
  const model = '"model": "gpt-5.4-mini"';
  test.each<[string, string | Buffer]>([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['an empty text', '""'],
    ['no model', '{"messages": []}'],
    ['an empty model', '{"model": ""}'],
    ['a model that is no text', '{"model": ["gpt-5.4-mini"]}'],
    ['a model of null', '{"model": null}'],
    ['an overlong model', JSON.stringify({ model: 'x'.repeat(513) })],
    ['two models', `{${model}, "model": "other"}`],
    ['two models, one escaped', `{${model}, "mod\\u0065l": "other"}`],
    ['a second model in capitals', `{${model}, "MODEL": "other"}`],
    ['a model in capitals alone', '{"Model": "gpt-5.4-mini"}'],
    ['a model in wide letters', `{${model}, "ｍodel": "other"}`],
    ['a long s in a known field', `{${model}, "ſtore": true}`],
    ['a second list of models', `{${model}, "models": ["other"]}`],
    ['a choice of providers', `{${model}, "provider": {"only": ["groq"]}}`],
    ['a choice of providers in capitals', `{${model}, "Provider": {"only": ["groq"]}}`],
    ['a region', `{${model}, "inference_geo": "global"}`],
    ['a switch that is no boolean', `{${model}, "store": "false"}`],
    ['tools that are no list', `{${model}, "tools": {}}`],
    ['a tool that is no object', `{${model}, "tools": ["web_search"]}`],
    ['a tool of two types', `{${model}, "tools": [{"type": "function", "type": "mcp"}]}`],
    ['a tool with another type in capitals', `{${model}, "tools": [{"Type": "mcp"}]}`],
    ['a part of two types', `{${model}, "messages": [{"content": [{"type": "a", "type": "b"}]}]}`],
    ['messages that are an object', `{${model}, "messages": {}}`],
    ['nesting without end', `{${model}, "x": ${'['.repeat(80)}${']'.repeat(80)}}`],
    ['a byte order mark', Buffer.from(`\uFEFF{${model}}`)],
    ['UTF-16', Buffer.from(`{${model}}`, 'utf16le')],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['nothing', Buffer.alloc(0)],
  ])('%s', async (_what, body) => {
    const response = await server.check({ body });
    expect(denialOf(response).status).toBe(400);
    expect(codeOf(response)).toBe('invalid_request');
    expect(denialOf(response).headers['x-should-retry']).toBe('false');
  });

  test.each([
    ['content-type', 'text/plain'],
    ['content-type', 'multipart/form-data; boundary=x'],
    ['content-type', 'application/json; charset=utf-16'],
    ['content-type', 'application/json, text/plain'],
    ['content-type', ''],
    ['content-encoding', 'gzip'],
    ['content-encoding', 'identity, br'],
    ['x-envoy-auth-partial-body', 'true'],
  ])('a body with %s: %s', async (name, value) => {
    const response = await server.check({ headers: { [name]: value } });
    expect(denialOf(response).status).toBe(400);
    expect(messageOf(response)).toMatch(/content type|compressed|larger/);
  });

  test.each([
    ['application/json; charset=utf-8', false],
    ['Application/JSON', true],
  ])('a body with the type %s is read', async (type, asText) => {
    const { status: answered } = await server.check({
      headers: { 'content-type': type },
      asText,
    });
    expect(answered?.code).toBe(0);
  });
});

describe('what Envoy gets wrong is a failed call, which Envoy answers itself', () => {
  test.each([
    ['an empty key', { '': 'x' }],
    ['a long key', { ['k'.repeat(65)]: 'x' }],
    ['a long value', { team: 'x'.repeat(257) }],
    ['a long tenant', { tenant: 'x'.repeat(257) }],
    ['many keys', Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`k${String(i)}`, 'x']))],
    ['an unknown word to Ambit', { 'ambit.trust': 'all' }],
    ['an unknown value', { 'ambit.routing_fields': 'kept' }],
  ])('%s', async (_what, extensions) => {
    const before = server.decided.length;
    await expect(server.check({ extensions })).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: expect.stringContaining('attributes.context_extensions') as string,
    });
    expect(server.decided).toHaveLength(before);
    expect(server.refused.at(-1)).toMatchObject({ reason: 'invalid', isMisconfigured: true });
  });

  test('no HTTP request', async () => {
    const error = await server.checkBytes(Buffer.alloc(0));
    expect(error.code).toBe(status.INVALID_ARGUMENT);
  });

  test('no protobuf', async () => {
    const error = await server.checkBytes(Buffer.from([0x0f, 0xff]));
    expect(error.code).toBe(status.INVALID_ARGUMENT);
    expect(server.refused.at(-1)).not.toHaveProperty('isMisconfigured');
  });

  test('more bytes than a Check has', async () => {
    const body = Buffer.alloc(MAX_CHECK_BYTES + 1, 0x20);
    const error = await server.checkBytes(encodeCheck(toWire({ body })));
    expect(error.code).toBe(status.RESOURCE_EXHAUSTED);
  });
});
