import { join } from 'node:path';

import { errorOf, onlyRequest } from '../support/seen';
import { useRig } from '../support/use-rig';
import { BODY_VARIANTS } from '../support/variants';

const POLICY = join(__dirname, 'pack.yaml');

const NONE = { 'openai-zdr': 0, 'groq-us': 0, 'azure-eu': 0 };

/** Above max_request_bytes of the shipped configuration. */
const TOO_LARGE_CHARS = 5 * 1024 * 1024;

describe.each(BODY_VARIANTS)('%s', (variant) => {
  const rig = useRig({ variant, prepare: (started) => started.useAmbit(POLICY) });

  beforeEach(() => {
    rig().reset();
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
      expect(onlyRequest(rig(), 'openai-zdr').path).toBe(path);
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
});
