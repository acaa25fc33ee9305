import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { errorOf } from '../support/seen';
import { useRig } from '../support/use-rig';
import { until } from '../support/wait';

const ROOT = resolve(__dirname, '../../..');
const POLICY = join(__dirname, 'pack.yaml');
const FAULTS = join(ROOT, 'test/e2e/drills/support/disk-faults.cjs');

/** Requests at once, nearly as many as the written configuration lets one Envoy ask. */
const AT_ONCE = 240;

describe('a disk of the trail that stalls for longer than Envoy waits', () => {
  const rig = useRig({ variant: 'recommended' });

  const setDisk = (state: object): string => {
    const file = join(rig().directory, 'disk.json');
    writeFileSync(file, JSON.stringify(state));
    return file;
  };

  test('is no offence of Envoy: all are blocked, and its connection stays', async () => {
    const { directory } = rig();
    const keygen = ['dist/main.js', 'audit', 'keygen', '--out', directory];
    expect(spawnSync(process.execPath, keygen, { cwd: ROOT }).status).toBe(0);
    await rig().useAmbit(POLICY, {
      settings: {
        NODE_OPTIONS: `--require=${FAULTS}`,
        DRILL_DISK: setDisk({}),
        AMBIT_AUDIT_DIRECTORY: join(directory, 'trail'),
        AMBIT_AUDIT_PRIVATE_KEY: JSON.stringify({ file: join(directory, 'trail.key.pem') }),
      },
    });
    await until('a request to pass', async () =>
      (await rig().chat()).status === 200 ? 1 : undefined,
    );
    rig().reset();
    setDisk({ hangs: true });
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => rig().chat()));
    const told = answers.map(
      (answer) => `${String(answer.status)} ${String(errorOf(answer)['code'])}`,
    );
    expect(new Set(told)).toEqual(new Set(['503 policy_unavailable']));
    expect(rig().contacts()).toBe(0);
    setDisk({});
    await until('a request to pass again', async () =>
      (await rig().chat()).status === 200 ? 1 : undefined,
    );
    expect(rig().ambitOutput()).not.toContain('"offence"');
  });
});
