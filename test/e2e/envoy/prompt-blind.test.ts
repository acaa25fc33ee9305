import { join } from 'node:path';

import { hideBodies } from '../support/edits';
import { useRig } from '../support/use-rig';

const rig = useRig({
  edit: hideBodies,
  prepare: (started) => started.useAmbit(join(__dirname, 'allow-list.yaml')),
});

beforeEach(() => {
  rig().reset();
});

test('the model alone is enough for a policy that asks for nothing that a feature could change', async () => {
  rig().providers['openai-zdr'].answerWith(503);
  const answer = await rig().chat();
  expect(answer.status).toBe(200);
  expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 1 });
});

test.each([
  ['no model', '{"messages": []}'],
  ['a model that is no text', '{"model": {"name": "gpt-5.4-mini"}}'],
  ['no JSON', 'gpt-5.4-mini'],
  ['no body', ''],
])('%s: refused with 400 and sent to nobody', async (_what, text) => {
  const answer = await rig().chat({ text });
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.text)).toHaveProperty('error.code', 'invalid_request');
  expect(rig().contacts()).toBe(0);
});

test('a claim on retention is unknown for a request that could use any feature', async () => {
  await rig().useAmbit(join(__dirname, 'pack.yaml'));
  const answer = await rig().chat();
  expect(answer.status).toBe(403);
  expect(JSON.parse(answer.text)).toHaveProperty('error.code', 'no_compliant_provider');
  expect(rig().contacts()).toBe(0);
});
