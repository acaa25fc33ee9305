import { join } from 'node:path';

import { useRig } from '../support/use-rig';
import { VARIANTS } from '../support/variants';

const NOTHING_LEFT = join(__dirname, 'pack-nothing-left.yaml');

describe.each(VARIANTS)('%s', (variant) => {
  const rig = useRig({ variant, prepare: (started) => started.useAmbit(NOTHING_LEFT) });

  beforeEach(() => {
    rig().reset();
  });

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
