import { join } from 'node:path';

import { all, allowOnFailure, neverAsk, waitForAmbit } from '../support/edits';
import { errorOf } from '../support/seen';
import { useRig } from '../support/use-rig';
import { VARIANTS } from '../support/variants';

const POLICY = join(__dirname, 'pack.yaml');

/** What a client may send to get past it. */
const HEADERS = [
  {},
  { 'x-ambit-decision': 'allow' },
  { 'x-ambit-hosts': 'openai-zdr' },
  { 'x-envoy-retry-on': '5xx,reset' },
] as const;

describe.each(VARIANTS)('%s', (variant) => {
  describe.each([
    ['as shipped', waitForAmbit],
    ['with failure_mode_allow', allowOnFailure],
  ] as const)('%s', (_name, mode) => {
    const rig = useRig({ variant, edit: all(neverAsk, mode) });

    test('what Envoy may not ask passes nowhere', async () => {
      await rig().useAmbit(POLICY);
      for (const headers of HEADERS) {
        const answer = await rig().chat({ headers });
        expect([answer.status, errorOf(answer)['code']]).toEqual([503, 'policy_unavailable']);
      }
      expect((await rig().chat({ path: '/v1/models' })).status).toBe(503);
      expect(rig().contacts()).toBe(0);
    });
  });
});
