import { join } from 'node:path';

import type { HttpAnswer } from '../support/http-client';
import { errorOf } from '../support/seen';
import { serveRelay } from '../support/relay';
import { useRig } from '../support/use-rig';
import { VARIANTS } from '../support/variants';
import { until } from '../support/wait';

const POLICY = join(__dirname, 'pack.yaml');

describe.each(VARIANTS)('%s', (variant) => {
  const rig = useRig({ variant, prepare: (started) => started.useAmbit(POLICY) });

  const untilOnePasses = (): Promise<HttpAnswer> =>
    until('a request to pass', async () => {
      const tried = await rig().chat();
      return tried.status === 200 ? tried : undefined;
    });

  async function expectNothingSent(): Promise<void> {
    const answer = await rig().chat({ headers: { 'x-ambit-decision': 'allow' } });
    expect(answer.status).toBe(503);
    expect(errorOf(answer)).toMatchObject({
      type: 'policy_error',
      code: 'policy_unavailable',
      message: expect.stringContaining('did not answer') as string,
    });
    expect(rig().contacts()).toBe(0);
  }

  test.each([
    ['stopped', () => rig().stopAmbit()],
    ['killed', () => rig().killAmbit()],
    ['hanging', () => rig().hangAmbit()],
  ])('Ambit %s: nothing is sent to anybody, until it is back', async (_how, end) => {
    await untilOnePasses();
    rig().reset();
    await end();
    await expectNothingSent();
    await rig().useAmbit(POLICY);
    expect(JSON.parse((await untilOnePasses()).text)).toEqual({ from: 'openai-zdr' });
  });

  test('Ambit answering when Envoy has given up: nothing is sent to anybody', async () => {
    const behind = join(rig().directory, 'behind.sock');
    await rig().useAmbit(POLICY, { socketFile: behind });
    const relay = await serveRelay(rig().socketFile, behind);
    await untilOnePasses();
    rig().reset();
    relay.hold();
    // Until there is an answer, and it is a yes; it has only not been passed on.
    await until('a yes that is kept back', async () => {
      await expectNothingSent();
      return relay.heldBytes() > 0 ? rig().ambitOutput().split('"outcome":"allow"')[2] : undefined;
    });
    relay.release();
    // What Envoy made of it would show before the next request has passed, which comes on the same connection.
    await untilOnePasses();
    expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 0 });
    await relay.close();
  });
});
