import { join } from 'node:path';

import { CLIENT_KEY, keyOf } from '../support/rig';
import { errorOf, logged, onlyRequest } from '../support/seen';
import { useRig } from '../support/use-rig';
import { VARIANTS } from '../support/variants';
import { until } from '../support/wait';

const POLICY = join(__dirname, 'pack.yaml');

const NONE = { 'openai-zdr': 0, 'groq-us': 0, 'azure-eu': 0 };

/** Below max_request_bytes, and far above what fits in one network buffer. */
const LARGE_CHARS = 2 * 1024 * 1024;

describe.each(VARIANTS)('%s', (variant) => {
  const rig = useRig({ variant, prepare: (started) => started.useAmbit(POLICY) });

  beforeEach(() => {
    rig().reset();
  });

  describe('where a request goes', () => {
    test('the first eligible target gets the request, as its provider wants it', async () => {
      const answer = await rig().chat({ body: { temperature: 0.5 } });
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.text)).toEqual({ from: 'openai-zdr' });
      expect(rig().requests()).toEqual({ ...NONE, 'openai-zdr': 1 });
      const { path, serverName, headers, body } = onlyRequest(rig(), 'openai-zdr');
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
  });

  describe('what a provider and the logs see', () => {
    test('the next target gets its own path, model and key, and nothing of the first one', async () => {
      rig().providers['openai-zdr'].answerWith(429);
      await rig().chat();
      const { path, serverName, headers, body } = onlyRequest(rig(), 'azure-eu');
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
      await logged(rig(), answer, 1);
      expect(onlyRequest(rig(), 'openai-zdr').body).toContain(mark);
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
      const body = JSON.parse(onlyRequest(rig(), 'azure-eu').body) as {
        messages: [{ content: string }];
      };
      expect(body.messages[0].content === content).toBe(true);
    });

    test('the logs tell the decision, the bundle, the eligible targets and each attempt', async () => {
      rig().providers['openai-zdr'].answerWith(503);
      const answer = await rig().chat();
      const { request, targets } = await logged(rig(), answer, 2);
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
});
