import { join } from 'node:path';

import { errorOf } from '../support/seen';
import { useRig } from '../support/use-rig';
import { VARIANTS } from '../support/variants';
import { until } from '../support/wait';

const POLICY = join(__dirname, 'pack.yaml');

describe.each(VARIANTS)('%s', (variant) => {
  const rig = useRig({ variant, prepare: (started) => started.useAmbit(POLICY) });

  beforeEach(() => {
    rig().reset();
  });

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
