import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { codeOf, denialOf, messageOf } from './support/answers';
import { askedOf, CLEARED, problemOf, REWRITTEN } from './support/asked';
import { serveCheck, type CheckServer, type TestCheck } from './support/check-server';

const CLOUD = { anthropic_version: 'x', messages: [], max_tokens: 1 };
const VERTEX = '/v1/projects/p/locations/eu/publishers';
const NOTHING = Buffer.alloc(0);

describe('a model in the path', () => {
  test.each<[string, string | undefined, string, object]>([
    ['/v1beta/models/gemini-2.5-pro:generateContent', 'gemini', 'gemini-2.5-pro', {}],
    ['/v1/models/gemini-2.5-pro:generateContent', 'gemini', 'gemini-2.5-pro', {}],
    ['/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse', 'gemini', 'gemini-2.5-pro', {}],
    ['/openai/deployments/my-gpt/chat/completions?api-version=1', 'chat_completions', 'my-gpt', {}],
    ['/openai/deployments/my-gpt/embeddings?api-version=1', 'embeddings', 'my-gpt', {}],
    ['/model/amazon.nova-v1:0/converse', undefined, 'amazon.nova-v1:0', {}],
    ['/model/amazon.nova-v1%3A0/converse-stream', undefined, 'amazon.nova-v1:0', {}],
    ['/model/eu.anthropic.c-v1:0/invoke', 'messages', 'eu.anthropic.c-v1:0', CLOUD],
    ['/model/c/invoke-with-response-stream', 'messages', 'c', CLOUD],
    [`${VERTEX}/google/models/gemini-2.5-pro:generateContent`, 'gemini', 'gemini-2.5-pro', {}],
    [
      `${VERTEX}/anthropic/models/claude-x@20250101:rawPredict`,
      'messages',
      'claude-x@20250101',
      CLOUD,
    ],
    [
      `${VERTEX.replace('v1', 'v1beta1')}/anthropic/models/c:streamRawPredict`,
      'messages',
      'c',
      CLOUD,
    ],
  ])('%s', (path, api, model, body) => {
    const { context, problems } = askedOf({ path, body, extensions: REWRITTEN });
    expect(problems).toEqual([]);
    expect([context.api, context.model]).toEqual([api, model]);
    expect(context.features.includes('streaming')).toBe(/stream/i.test(path));
  });

  test.each(['chat/completions', 'responses', 'embeddings'])(
    'is none in Azure’s newer paths: /openai/v1/%s',
    (rest) => {
      const { context } = askedOf({ path: `/openai/v1/${rest}`, body: { model: 'm' } });
      expect(context.model).toBe('m');
    },
  );

  test('need not stand in the body; where the hop leaves the body as it is, it must not', () => {
    const path = '/v1beta/models/g:generateContent';
    const saying = (model: unknown): string => problemOf({ path, body: { model, contents: [] } });
    const said = [saying('g'), saying('models/g'), saying('h'), saying(null), saying(['g'])];
    for (const problem of said) expect(problem).toContain('must not be there');
    const azure = '/openai/deployments/g/chat/completions';
    expect(problemOf({ path: azure, body: { model: 'g' } })).toBe('');
    for (const model of ['h', 'models/g', null, '', ['g']]) {
      const problem = problemOf({ path: azure, body: { model } });
      expect(problem).toContain('another model than the path');
    }
  });

  test('is sent on as it is, unless the operator states otherwise', () => {
    const path = '/v1beta/models/g:generateContent';
    expect(askedOf({ path, body: {} }).caller.rewritesModel).toBe(false);
    expect(askedOf({ path, body: {}, extensions: REWRITTEN }).caller.rewritesModel).toBe(true);
    expect(askedOf({}).caller.rewritesModel).toBe(true);
  });

  test('of Vertex comes with a project and a location, which only the operator may choose', () => {
    const path = `${VERTEX}/google/models/g:generateContent`;
    expect(problemOf({ path, body: {} })).toContain('names a project and a location');
    expect(problemOf({ path, body: {}, extensions: REWRITTEN })).toBe('');
  });

  test.each<[string, TestCheck]>([
    ['a slash', { path: '/v1beta/models/a%2Fb:generateContent' }],
    ['a second encoding', { path: '/v1beta/models/a%252Fb:generateContent' }],
    ['a half encoding', { path: '/v1beta/models/a%2:generateContent' }],
    ['no UTF-8', { path: '/v1beta/models/a%ff:generateContent' }],
    ['a line break', { path: '/v1beta/models/a%0ab:generateContent' }],
    ['a zero', { path: '/v1beta/models/a%00:generateContent' }],
    ['an invisible letter', { path: '/v1beta/models/a%E2%80%8B:generateContent' }],
    ['a space', { path: '/v1beta/models/a%20b:generateContent' }],
    ['a query within', { path: '/v1beta/models/a%3Fb:generateContent' }],
    ['a backslash', { path: '/model/a%5Cb/converse' }],
    ['two dots', { path: '/model/../converse' }],
    ['two encoded dots', { path: '/model/%2e%2e/converse' }],
    ['too many letters', { path: `/model/${'a'.repeat(513)}/converse` }],
    ['no letter', { path: '/model//converse' }],
    ['a bare letter of no path', { path: '/model/a"b/converse' }],
    ['an account', { path: '/model/arn:aws:bedrock:eu-west-1:1:inference-profile%2Fx/converse' }],
    ['another verb', { path: '/v1beta/models/a:countTokens' }],
    [
      'another publisher',
      { path: `${VERTEX}/mistralai/models/m:rawPredict`, extensions: REWRITTEN },
    ],
    [
      'a verb of another publisher',
      { path: `${VERTEX}/google/models/m:rawPredict`, extensions: REWRITTEN },
    ],
    ['a body of another vendor', { path: '/model/meta.llama/invoke', body: { prompt: 'x' } }],
    [
      'a version that is no text',
      { path: '/model/c/invoke', body: { ...CLOUD, anthropic_version: 1 } },
    ],
  ])('is refused with %s', (_what, request) => {
    expect(problemOf({ body: {}, ...request })).not.toBe('');
  });

  test('counts without a body that is seen, as a lifted one does', () => {
    const blind: TestCheck = { path: '/v1beta/models/g:generateContent', body: NOTHING };
    expect(askedOf(blind)).toMatchObject({ problems: [], context: { model: 'g' } });
    expect(askedOf(blind).context.features).toContain('store');
    expect(askedOf({ ...blind, extensions: CLEARED }).context.features).toEqual([]);
    expect(problemOf({ ...blind, lifted: { model: 'g' } })).toContain('must not be there');
    expect(problemOf({ ...blind, lifted: { model_state: 'missing' } })).toBe('');
    expect(problemOf({ ...blind, lifted: { model_state: 'error' } })).not.toBe('');
  });
});

describe('a query', () => {
  const google = '/v1beta/models/g:generateContent';
  test.each([
    [`${google}?alt=sse`, true],
    [`${google}?%24alt=json;enum-encoding=int`, false],
    [`${google}?alt=sse;key=secret-1`, false],
    ['/v1/chat/completions?a=1;model=other', false],
    ['/v1/chat/completions?models[]=other', false],
    ['/v1/chat/completions?model.id=other', false],
    ['/v1/chat/completions?deployment-id=other', false],
    ['/v1/chat/completions?a=%00', false],
    [`${google}?key=secret-1`, false],
    [`${google}?k%65y=secret-1`, false],
    [`${google}?KEY=secret-1`, false],
    [`${google}?access_token=secret-1`, false],
    [`${google}?alt=sse&alt=json`, false],
    [`${google}?contents.parts.text=x`, false],
    ['/v1/chat/completions?tenant=x', true],
    ['/v1/messages?beta=true', true],
    ['/v1/chat/completions?model=other', false],
    ['/v1/chat/completions?Model=other', false],
    ['/v1/chat/completions?api-version=1&api%2Dversion=2', false],
    ['/v1/chat/completions?%zz', false],
    ['/openai/deployments/g/chat/completions?api-key=secret-1', false],
  ])('%s: %p', (path, passes) => {
    const problem = problemOf({ path, body: path.includes('/v1/') ? { model: 'm' } : {} });
    expect(problem === '').toBe(passes);
    expect(problem).not.toContain('secret-1');
  });
});

describe('what is known and not let through', () => {
  let server: CheckServer;
  beforeAll(async () => {
    const pack = readFileSync(join(__dirname, '../../e2e/envoy/pack.yaml'), 'utf8');
    server = await serveCheck({ 'pack.yaml': pack });
  });
  afterAll(() => {
    server.close();
  });

  test.each([
    ['GET', '/v1/realtime?model=gpt-realtime', /realtime session/],
    ['POST', '/v1/realtime/sessions', /realtime session/],
    ['POST', '/v1/audio/transcriptions', /recording is sent as a form/],
    ['POST', '/v1/audio/speech', /text for speech/],
    ['POST', '/v1/images/generations', /images/],
    ['POST', '/v1/files', /a file is kept/],
    ['GET', '/v1/files/f', /a file is kept/],
    ['POST', '/v1/uploads', /upload/],
    ['POST', '/v1/batches', /batch/],
    ['POST', '/v1/assistants', /assistant/],
    ['POST', '/v1/threads/t/runs', /thread/],
    ['POST', '/v1/fine_tuning/jobs', /training data/],
    ['POST', '/v1/vector_stores', /store/],
    ['GET', '/v1/responses/r', /stored response/],
    ['GET', '/v1/chat/completions', /stored answer/],
    ['POST', '/v1/completions', /older completion/],
    ['POST', '/openai/v1/batches', /batch/],
    ['POST', '/openai/deployments/d/images/generations', /only chat completions/],
  ])('%s %s is refused with why, in the form of OpenAI', async (method, path, message) => {
    const response = await server.check({ method, path });
    expect([denialOf(response).status, codeOf(response)]).toEqual([400, 'invalid_request']);
    expect(messageOf(response)).toMatch(message);
    expect(denialOf(response).body).toHaveProperty('error.type', 'policy_error');
  });

  test('a batch of Anthropic is refused in the form of Anthropic', async () => {
    const { body } = denialOf(await server.check({ path: '/v1/messages/batches' }));
    expect(body).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
  });

  test.each([
    '/v1beta/files',
    '/v1beta/cachedContents',
    '/upload/v1beta/files',
    '/v1beta/models/g:embedContent',
  ])('%s is refused in the form of Gemini', async (path) => {
    const { body } = denialOf(await server.check({ path }));
    expect(body).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } });
  });

  test.each<[string, Readonly<Record<string, string>>, string?]>([
    ['an upgrade', { upgrade: 'websocket', connection: 'upgrade' }],
    ['an upgrade among others', { connection: 'keep-alive, Upgrade' }],
    ['another protocol', { ':protocol': 'websocket' }],
    ['the key of a WebSocket', { 'sec-websocket-key': 'x' }],
    ['a tunnel', {}, 'CONNECT'],
  ])('%s is refused wherever it leads', async (_what, headers, method = 'POST') => {
    const response = await server.check({ headers, method });
    expect([denialOf(response).status, codeOf(response)]).toEqual([400, 'invalid_request']);
    expect(messageOf(response)).toContain('upgraded');
  });
});
