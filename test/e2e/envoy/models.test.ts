import { join } from 'node:path';

import { send, type HttpAnswer } from '../support/http-client';
import { useRig } from '../support/use-rig';
import { VARIANTS } from '../support/variants';
import { until } from '../support/wait';

describe.each(VARIANTS)('%s', (variant) => {
  const rig = useRig({
    variant,
    prepare: (started) => started.useAmbit(join(__dirname, 'pack.yaml')),
  });

  beforeEach(() => {
    rig().reset();
  });

  const get = (path: string, headers = {}): Promise<HttpAnswer> =>
    send({ port: rig().envoy.port, method: 'GET', path, headers });

  test('the models are those that policy leaves, and no provider is asked for its own', async () => {
    const answer = await get('/v1/models', { 'x-ambit-tenant': 'other' });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json']);
    expect(JSON.parse(answer.text)).toMatchObject({
      object: 'list',
      data: [{ id: 'gpt-5.4-mini' }, { id: 'gpt-5.4-mini-eu' }],
    });
    expect(rig().contacts()).toBe(0);
    const line = await until('the line of the request', () =>
      rig()
        .envoy.requestLog()
        .find(({ decision_id: id }) => id === answer.headers['x-ambit-decision-id']),
    );
    expect(line).toMatchObject({ decision: 'deny', outcome: 'LIST', status: 200 });
    expect(rig().envoy.attemptLog()).toEqual([]);
  });

  test('a model that policy keeps out is not found', async () => {
    const answer = await get('/v1/models/nobody');
    expect(answer.status).toBe(404);
    expect(rig().contacts()).toBe(0);
  });

  test.each([
    ['a realtime session', '/v1/realtime?model=gpt-5.4-mini', {}],
    ['a WebSocket', '/v1/chat/completions', { upgrade: 'websocket', connection: 'upgrade' }],
  ])('%s reaches nobody', async (_what, path, headers) => {
    const answer = await get(path, headers);
    expect([400, 403]).toContain(answer.status);
    expect(rig().contacts()).toBe(0);
  });

  test('a model in a path goes where one in a body does, and each hop writes its own', async () => {
    const chat = (model: string): Promise<HttpAnswer> =>
      rig().chat({
        path: `/openai/deployments/${model}/chat/completions?api-version=1`,
        text: '{"messages":[]}',
      });
    expect((await chat('nobody')).status).toBe(403);
    expect(rig().contacts()).toBe(0);
    rig().providers['openai-zdr'].answerWith(503);
    expect((await chat('gpt-5.4-mini')).status).toBe(200);
    expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 1 });
    const seen = (['openai-zdr', 'azure-eu'] as const).map((target) => {
      const [received] = rig().providers[target].received;
      return [received?.path, JSON.parse(received?.body ?? '{}') as unknown];
    });
    expect(seen).toEqual([
      ['/v1/chat/completions', { messages: [], model: 'gpt-5.4-mini' }],
      ['/openai/v1/chat/completions', { messages: [], model: 'gpt-5.4-mini-eu' }],
    ]);
  });
});
