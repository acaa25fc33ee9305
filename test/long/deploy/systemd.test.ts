import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { until } from '../../e2e/support/wait';
import { CONTAINERS, makeDirectory, must, run, type Ran } from './support/containers';

/** A user of the machine who is nobody in particular. */
const STRANGER = '65534';

const ADDRESS = 'unix:/run/ambit/ambit.sock';

const folder = makeDirectory('host');
const root = join(folder, 'root');
let machine: string | undefined;

/** Runs a command inside the booted machine. */
function inside(...command: readonly string[]): Ran {
  return run('podman', 'exec', machine ?? '', ...command);
}

function ambitInside(prefix: readonly string[], ...args: readonly string[]): Ran {
  return inside(...prefix, 'node', '/usr/lib/ambit/dist/main.js', ...args);
}

/** A property of the service, as systemd has it. */
function property(name: string): string {
  return inside('systemctl', 'show', '--property', name, '--value', 'ambit').stdout.trim();
}

function isServing(): boolean {
  return ambitInside([], 'health', '--server', ADDRESS).code === 0;
}

async function untilServing(): Promise<void> {
  await until('the service', () => (isServing() ? true : undefined));
}

beforeAll(async () => {
  must(join(CONTAINERS, 'host-root.sh'), root, process.execPath);
  machine = must(
    'podman',
    ...['run', '--detach', '--systemd=always', '--network', 'none', '--privileged'],
    ...['--rootfs', root, '/sbin/init'],
  );
  await untilServing();
});

afterAll(() => {
  if (machine !== undefined) run('podman', 'rm', '--force', machine);
  rmSync(folder, { recursive: true, force: true });
});

describe('the unit in a booted systemd', () => {
  it('was checked and started', () => {
    expect(property('ActiveState')).toBe('active');
    expect(inside('journalctl', '--unit', 'ambit', '--output', 'cat').stdout).toMatch(
      /^clean: \d+ files checked/m,
    );
  });

  it('runs in its sandbox', () => {
    const pid = property('MainPID');
    const status = inside('cat', `/proc/${pid}/status`).stdout;
    expect(status).toMatch(/^CapBnd:\t0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    expect(status).toMatch(/^Seccomp:\t2$/m);
    expect(status).not.toMatch(/^Uid:\t0/m);
    const mounts = inside('cat', `/proc/${pid}/mountinfo`).stdout;
    expect(mounts).toMatch(/ \/ ro,/);
    expect(mounts).toMatch(/\/systemd\/inaccessible\/dir \/home ro,/);
  });

  it('lets in its group and nobody else', () => {
    const user = (...groups: readonly string[]): readonly string[] => [
      ...['setpriv', '--reuid', STRANGER, '--regid', STRANGER],
      ...groups,
    ];
    const group = inside('getent', 'group', 'ambit').stdout.split(':')[2] ?? '';
    const ask = (prefix: readonly string[]): Ran =>
      ambitInside(prefix, 'health', '--server', ADDRESS);
    expect(ask(user('--groups', group))).toMatchObject({ code: 0, stdout: 'serving\n' });
    expect(ask(user('--clear-groups'))).toMatchObject({ code: 5, stdout: '' });
  });

  it('decides', () => {
    const { code, stdout } = ambitInside([], 'decide', '--server', ADDRESS, '--model', 'gpt-4o');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^allow: 1 of 4 targets/) as unknown,
    });
  });

  it('is started again when it is killed', async () => {
    inside('systemctl', 'kill', '--signal', 'SIGKILL', 'ambit');
    await until('the restart', () => (property('NRestarts') === '1' ? true : undefined));
    await untilServing();
  });

  it('does not start with a policy that has a mistake', () => {
    const slip = '/etc/ambit/policy/slip.yaml';
    inside('sh', '-c', `echo 'kind: Polizy' > ${slip} && chmod 644 ${slip}`);
    expect(inside('systemctl', 'restart', 'ambit').code).not.toBe(0);
    expect(property('ExecMainPID')).toBe('0');
    expect(isServing()).toBe(false);
    inside('rm', slip);
    inside('systemctl', 'reset-failed', 'ambit');
  });

  it('ends cleanly, and leaves no socket', async () => {
    inside('systemctl', 'start', 'ambit');
    await untilServing();
    expect(inside('systemctl', 'stop', 'ambit').code).toBe(0);
    expect([property('Result'), property('ExecMainStatus')]).toEqual(['success', '0']);
    expect(inside('ls', '/run/ambit').code).not.toBe(0);
  });
});
