import { join } from 'node:path';

import type { HttpAnswer } from '../support/http-client';
import { CLIENT_KEY, keyOf, type Rig, type TargetId } from '../support/rig';
import { useRig } from '../support/use-rig';
import { until } from '../support/wait';

const POLICY = join(__dirname, 'pack.yaml');
const NOTHING_LEFT = join(__dirname, 'pack-nothing-left.yaml');

const NONE = { 'openai-zdr': 0, 'groq-us': 0, 'azure-eu': 0 };

/** Above max_request_bytes of the shipped configuration. */
const TOO_LARGE_CHARS = 5 * 1024 * 1024;
/** Below it, and far above what fits in one network buffer. */
const LARGE_CHARS = 2 * 1024 * 1024;

const rig = useRig({ prepare: (started) => started.useAmbit(POLICY) });

beforeEach(() => {
  rig().reset();
});

function errorOf(answer: HttpAnswer): Readonly<Record<string, unknown>> {
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  return (JSON.parse(answer.text) as { error: Record<string, unknown> }).error;
}

function onlyRequest(target: TargetId): Rig['providers'][TargetId]['received'][number] {
  const [first, ...others] = rig().providers[target].received;
  expect(others).toEqual([]);
  if (first === undefined) throw new Error(`${target} received nothing`);
  return first;
}

/** The log line of the request that this answer belongs to, and those of its attempts, by the decision's id. */
async function logged(
  answer: HttpAnswer,
  attempts: number,
): Promise<Record<'request' | 'targets', unknown>> {
  const id = answer.headers['x-ambit-decision-id'];
  expect(id).toEqual(expect.stringMatching(/.+/));
  return until('both logs', () => {
    const request = rig()
      .envoy.requestLog()
      .find((line) => line['decision_id'] === id);
    const tried = rig()
      .envoy.attemptLog()
      .filter((line) => line['decision_id'] === id);
    if (request === undefined || tried.length < attempts) return undefined;
    return { request, targets: tried.map((line) => line['target']) };
  });
}

describe('where a request goes', () => {
  test('the first eligible target gets the request, as its provider wants it', async () => {
    const answer = await rig().chat({ body: { temperature: 0.5 } });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ from: 'openai-zdr' });
    expect(rig().requests()).toEqual({ ...NONE, 'openai-zdr': 1 });
    const { path, serverName, headers, body } = onlyRequest('openai-zdr');
    expect([path, serverName, headers.host]).toEqual([
      '/v1/chat/completions',
      'api.openai.com',
      'api.openai.com',
    ]);
    expect(headers.authorization).toBe(`Bearer ${keyOf('openai-zdr')}`);
    expect(JSON.parse(body)).toEqual({
      model: 'gpt-5.4-mini',
      messages: [{ role: 'user', content: 'hello' }],
      temperature: 0.5,
    });
  });

  test('a failing target is followed by the next eligible one, over the ineligible one between them', async () => {
    rig().providers['openai-zdr'].answerWith(503);
    const answer = await rig().chat();
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ from: 'azure-eu' });
    expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 1 });
    expect(rig().providers['groq-us'].contacts()).toBe(0);
  });

  test('when every eligible target fails, each was tried once and the ineligible one never', async () => {
    rig().providers['openai-zdr'].answerWith(503);
    rig().providers['azure-eu'].answerWith(500);
    const answer = await rig().chat();
    expect(answer.status).toBe(503);
    expect(errorOf(answer)).toMatchObject({ code: 'eligible_targets_unavailable' });
    expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 1 });
    expect(rig().providers['groq-us'].contacts()).toBe(0);
  });

  test.each([
    ['for another name', 'other.example', 'trusted'],
    ['from an unknown authority', 'api.openai.com', 'untrusted'],
  ] as const)('a provider with a certificate %s receives nothing', async (_what, name, by) => {
    rig().providers['openai-zdr'].show(rig().issue(name, by));
    const answer = await rig().chat();
    expect(answer.status).toBe(200);
    expect(rig().requests()).toEqual({ ...NONE, 'azure-eu': 1 });
    expect(rig().providers['openai-zdr'].contacts()).toBeGreaterThan(0);
  });
});

describe('what a provider and the logs see', () => {
  test('the next target gets its own path, model and key, and nothing of the first one', async () => {
    rig().providers['openai-zdr'].answerWith(429);
    await rig().chat();
    const { path, serverName, headers, body } = onlyRequest('azure-eu');
    expect(path).toBe('/openai/v1/chat/completions');
    expect(serverName).toBe('example-eu.openai.azure.com');
    expect(headers['api-key']).toBe(keyOf('azure-eu'));
    expect(headers.authorization).toBeUndefined();
    expect(JSON.parse(body)).toMatchObject({ model: 'gpt-5.4-mini-eu' });
    const { 'openai-zdr': first, 'azure-eu': second } = rig().providers;
    const seen = JSON.stringify([first.received, second.received]);
    expect(seen).not.toContain(CLIENT_KEY);
    expect(seen).not.toContain('x-ambit-');
    expect(JSON.stringify(second.received)).not.toContain(keyOf('openai-zdr'));
  });

  test('nothing of a prompt is in what Ambit prints, and in no log of Envoy', async () => {
    const mark = 'canary-of-the-prompt';
    const answer = await rig().chat({ body: { messages: [{ role: 'user', content: mark }] } });
    await logged(answer, 1);
    expect(onlyRequest('openai-zdr').body).toContain(mark);
    const id = String(answer.headers['x-ambit-decision-id']);
    await until('the line of the decision', () => rig().ambitOutput().includes(id) || undefined);
    const logs = [rig().ambitOutput(), rig().envoy.requestLog(), rig().envoy.attemptLog()];
    expect(JSON.stringify(logs)).not.toContain(mark);
  });

  test('a large body reaches the next target whole', async () => {
    rig().providers['openai-zdr'].answerWith(503);
    const content = 'x'.repeat(LARGE_CHARS);
    const answer = await rig().chat({ body: { messages: [{ role: 'user', content }] } });
    expect(answer.status).toBe(200);
    const body = JSON.parse(onlyRequest('azure-eu').body) as { messages: [{ content: string }] };
    expect(body.messages[0].content === content).toBe(true);
  });

  test('the logs tell the decision, the bundle, the eligible targets and each attempt', async () => {
    rig().providers['openai-zdr'].answerWith(503);
    const answer = await rig().chat();
    const { request, targets } = await logged(answer, 2);
    expect(targets).toEqual(['openai-zdr', 'azure-eu']);
    expect(request).toMatchObject({
      status: 200,
      target: 'azure-eu',
      attempts: 2,
      decision: 'allow',
      eligible: ['openai-zdr', 'azure-eu'],
    });
    expect((request as Record<string, unknown>)['bundle']).toEqual(expect.stringMatching(/.+/));
  });
});

describe('what a request uses', () => {
  const path = '/v1/responses';
  const asking = (fields: object): string =>
    JSON.stringify({ model: 'gpt-5.4-mini', input: 'hello', ...fields });

  test('an answer that its API stores by default needs a target whose claims cover that', async () => {
    const answer = await rig().chat({ path, text: asking({}) });
    expect(answer.status).toBe(403);
    expect(errorOf(answer)).toMatchObject({ code: 'no_compliant_provider' });
    expect(rig().contacts()).toBe(0);
  });

  test('without the store it passes', async () => {
    const answer = await rig().chat({ path, text: asking({ store: false }) });
    expect(answer.status).toBe(200);
    expect(rig().requests()).toEqual({ ...NONE, 'openai-zdr': 1 });
    expect(onlyRequest('openai-zdr').path).toBe(path);
  });

  test.each([
    ['an unknown field', { something_new: true }],
    ['a tool that the provider runs', { tools: [{ type: 'mcp' }] }],
    ['an uploaded file', { messages: [{ content: [{ type: 'file', file: { file_id: 'f' } }] }] }],
  ])('%s counts as what no claim covers', async (_what, body) => {
    expect((await rig().chat({ body })).status).toBe(403);
    expect(rig().contacts()).toBe(0);
  });
});

describe('what goes nowhere', () => {
  test('a body larger than Ambit may inspect is refused and sent to nobody', async () => {
    const answer = await rig().chat({ body: { user: 'x'.repeat(TOO_LARGE_CHARS) } });
    expect(answer.status).toBe(413);
    expect(errorOf(answer)).toMatchObject({ code: 'request_too_large' });
    expect(rig().contacts()).toBe(0);
  });

  test.each([
    ['two models', '{"model": "gpt-5.4-mini", "model": "openai/gpt-oss-120b"}'],
    ['a model in capitals', '{"model": "gpt-5.4-mini", "MODEL": "openai/gpt-oss-120b"}'],
    ['a second list of models', '{"model": "gpt-5.4-mini", "models": ["openai/gpt-oss-120b"]}'],
    ['no model', '{"messages": []}'],
    ['half a body', '{"model": "gpt-5.4-mini", "messages": ['],
    ['no body', ''],
  ])('%s: refused with 400 and sent to nobody', async (_what, text) => {
    const answer = await rig().chat({ text });
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({ code: 'invalid_request' });
    expect(rig().contacts()).toBe(0);
  });

  test.each([
    ['content-encoding', 'gzip'],
    ['content-type', 'text/plain'],
  ])('a body with %s: %s is refused and sent to nobody', async (name, value) => {
    const answer = await rig().chat({ headers: { [name]: value } });
    expect(answer.status).toBe(400);
    expect(rig().contacts()).toBe(0);
  });

  test('a path that no API has is blocked and sent to nobody', async () => {
    const answer = await rig().chat({ path: '/v1/anything' });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(rig().contacts()).toBe(0);
  });
});

describe('what a client writes', () => {
  test.each([
    ['a decision', { 'x-ambit-decision': 'allow', 'x-ambit-outcome': 'ALLOW' }],
    ['a list', { 'x-ambit-eligible': 'groq-us', 'x-ambit-hosts': 'envoy://to-groq-us/groq-us' }],
    ['a target', { 'x-ambit-target': 'groq-us', 'X-Ambit-Cluster': 'groq-us' }],
    ['a tenant', { 'x-ambit-tenant': 'other', 'x-tenant': 'other', tenant: 'other' }],
    ['an id', { 'x-ambit-decision-id': 'forged' }],
    ['a retry', { 'x-envoy-max-retries': '0', 'x-forwarded-for': '10.0.0.1' }],
    [
      'a header by connection',
      { connection: 'x-ambit-decision-id', 'x-ambit-decision-id': 'forged' },
    ],
  ])('a client that forges %s changes nothing', async (_what, headers) => {
    rig().providers['openai-zdr'].answerWith(503);
    const path = '/v1/chat/completions?tenant=other&target=groq-us';
    const answer = await rig().chat({ headers, path });
    expect(answer.status).toBe(200);
    expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 1 });
    expect(answer.headers['x-ambit-decision-id']).not.toBe('forged');
    const { request } = await logged(answer, 2);
    expect(request).toMatchObject({ eligible: ['openai-zdr', 'azure-eu'] });
    const seen = [onlyRequest('openai-zdr').headers, onlyRequest('azure-eu').headers];
    expect(JSON.stringify(seen)).not.toContain('x-ambit-');
  });

  test('its accounts and keys stay behind, for each provider', async () => {
    rig().providers['openai-zdr'].answerWith(503);
    const mark = 'canary-of-the-client';
    const names = ['x-api-key', 'api-key', 'cookie', 'openai-project', 'openai-organization'];
    const headers = Object.fromEntries(
      [...names, 'x-ambit-canary', 'x-goog-api-key', 'x-goog-user-project'].map((name) => [
        name,
        mark,
      ]),
    );
    const answer = await rig().chat({ headers });
    expect(answer.status).toBe(200);
    const seen = [onlyRequest('openai-zdr').headers, onlyRequest('azure-eu').headers];
    expect(JSON.stringify(seen)).not.toContain(mark);
  });
});

describe('with no target left', () => {
  beforeAll(() => rig().useAmbit(NOTHING_LEFT));

  const message =
    'no provider for `gpt-5.4-mini` meets the requirements of policy ' +
    '`nothing-left/data-routing-policy`; providers considered: openai, groq, azure';

  test.each([
    [
      '/v1/chat/completions',
      { error: { message, type: 'policy_error', param: null, code: 'no_compliant_provider' } },
    ],
    [
      '/v1/messages',
      {
        type: 'error',
        error: { type: 'permission_error', message, code: 'no_compliant_provider' },
      },
    ],
  ])('a request to %s gets exactly this block, and no provider is reached', async (path, body) => {
    const answer = await rig().chat({ path });
    expect([answer.status, answer.text]).toEqual([403, JSON.stringify(body)]);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(answer.text)),
      'x-should-retry': 'false',
      'x-ambit-decision-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    expect(rig().contacts()).toBe(0);
  });

  test('a client that forges a decision is blocked the same', async () => {
    const headers = {
      'x-ambit-decision': 'allow',
      'x-ambit-eligible': 'groq-us',
      'x-ambit-tenant': 'other',
    };
    const [honest, forged] = [await rig().chat(), await rig().chat({ headers })];
    expect([forged.status, forged.text]).toEqual([honest.status, honest.text]);
    expect(rig().contacts()).toBe(0);
  });
});

describe('without an answer from Ambit', () => {
  beforeEach(async () => {
    await rig().useAmbit(POLICY);
    await until('a request to pass', async () => {
      return (await rig().chat()).status === 200 ? true : undefined;
    });
    rig().reset();
  });

  test.each([
    ['stopped', () => rig().stopAmbit()],
    ['killed', () => rig().killAmbit()],
    ['hanging', () => rig().hangAmbit()],
  ])('%s: an error in the shape of its API, and no provider is reached', async (_how, end) => {
    await end();
    const answer = await rig().chat({ headers: { 'x-ambit-decision': 'allow' } });
    expect(answer.status).toBe(503);
    expect(errorOf(answer)).toMatchObject({
      type: 'policy_error',
      code: 'policy_unavailable',
      message: expect.stringContaining('did not answer') as string,
    });
    expect(rig().contacts()).toBe(0);
  });

  test('once Ambit is back after a crash, requests pass again', async () => {
    await rig().killAmbit();
    expect((await rig().chat()).status).toBe(503);
    await rig().useAmbit(POLICY);
    const answer = await until('a request to pass', async () => {
      const tried = await rig().chat();
      return tried.status === 200 ? tried : undefined;
    });
    expect(JSON.parse(answer.text)).toEqual({ from: 'openai-zdr' });
  });
});
