import { join } from 'node:path';

import { waitForAmbit } from '../support/edits';
import type { HttpAnswer } from '../support/http-client';
import { serveRelay } from '../support/relay';
import { errorOf } from '../support/seen';
import { useRig } from '../support/use-rig';
import { VARIANTS } from '../support/variants';
import { until } from '../support/wait';

const POLICY = join(__dirname, 'pack.yaml');

/** What the written configuration lets one Envoy ask at once, and what comes on top. */
const AT_ONCE = 256;
const SURPLUS = 40;

describe.each(VARIANTS)('%s', (variant) => {
  const rig = useRig({ variant, edit: waitForAmbit });

  test('more requests at once than Ambit is asked: the surplus is refused at once, the others pass', async () => {
    const behind = join(rig().directory, 'behind.sock');
    await rig().useAmbit(POLICY, { socketFile: behind });
    const relay = await serveRelay(rig().socketFile, behind);
    await until('a request to pass', async () =>
      (await rig().chat()).status === 200 ? 1 : undefined,
    );
    rig().reset();
    relay.hold();
    const answered: HttpAnswer[] = [];
    const all = Array.from({ length: AT_ONCE + SURPLUS }, async () => {
      answered.push(await rig().chat());
    });
    await until('the surplus', () => Promise.resolve(answered[SURPLUS - 1]));
    expect(rig().contacts()).toBe(0);
    relay.release();
    await Promise.all(all);
    const refused = answered.filter(({ status }) => status === 503);
    expect(refused).toHaveLength(SURPLUS);
    expect(refused).toEqual(answered.slice(0, SURPLUS));
    const codes = refused.map((answer) => errorOf(answer)['code']);
    expect(new Set(codes)).toEqual(new Set(['policy_unavailable']));
    expect(answered.slice(SURPLUS).map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(200));
    expect(rig().requests()).toEqual({ 'openai-zdr': AT_ONCE, 'groq-us': 0, 'azure-eu': 0 });
    await relay.close();
  });
});
