import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { until } from '../../e2e/support/wait';
import { buildImage, IMAGE, makeDirectory, must, ROOT, run } from './support/containers';

/** The user of the image. */
const OWNER = '65532:65532';

/** As little as can be: no network, no capabilities, nothing to write to, 256 MiB without swap. */
const CONFINED = [
  ...['--pull', 'never', '--network', 'none', '--read-only', '--read-only-tmpfs=false'],
  ...['--cap-drop', 'all', '--security-opt', 'no-new-privileges'],
  ...['--memory', '256m', '--memory-swap', '256m', '--pids-limit', '64'],
] as const;

/** A container and the folders that it shares with the test. */
interface Started {
  readonly id: string;
  readonly socket: string;
  readonly policy: string;
}

const undo: (() => void)[] = [];

/** Starts the image as it is, with these policies. */
function start(policyFiles: Readonly<Record<string, string>> = {}): Started {
  const [policy, sockets] = [makeDirectory('policy'), makeDirectory('run')];
  cpSync(join(ROOT, 'deploy/examples'), policy, { recursive: true });
  for (const [name, text] of Object.entries(policyFiles)) writeFileSync(join(policy, name), text);
  must('chmod', '-R', 'a+rX', policy);
  must('chown', OWNER, sockets);
  must('chmod', '770', sockets);
  const mounts = ['-v', `${policy}:/etc/ambit/policy:ro`, '-v', `${sockets}:/run/ambit`];
  const id = must('podman', 'run', '--detach', ...CONFINED, ...mounts, IMAGE);
  undo.push(() => {
    run('podman', 'rm', '--force', id);
    for (const folder of [policy, sockets]) rmSync(folder, { recursive: true });
  });
  return { id, socket: `unix:${join(sockets, 'ambit.sock')}`, policy };
}

async function startReady(): Promise<Started> {
  const started = start();
  await until('the health check of the image', () =>
    run('podman', 'healthcheck', 'run', started.id).code === 0 ? true : undefined,
  );
  return started;
}

function inspect(id: string, format: string): string {
  return must('podman', 'inspect', '--format', format, id);
}

function statusOf(id: string): string {
  return readFileSync(`/proc/${inspect(id, '{{.State.Pid}}')}/status`, 'utf8');
}

/** Asks from outside, by the built command line; exit code 0 is allowed. */
function decide({ socket }: Started): ReturnType<typeof run> {
  return run(process.execPath, 'dist/main.js', 'decide', '--server', socket, '--model', 'gpt-4o');
}

beforeAll(buildImage);
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
});

describe('the image, read-only and without rights in 256 MiB', () => {
  it('is healthy, decides over its socket, and ends with 0 when it is asked to', async () => {
    const started = await startReady();
    const answer = decide(started);
    expect(answer).toMatchObject({ code: 0, stderr: '' });
    expect(answer.stdout).toMatch(/^allow: 1 of 4 targets may receive `gpt-4o`$/m);
    const status = statusOf(started.id);
    expect(status).toMatch(/^Uid:\t65532\t65532\t65532\t65532$/m);
    expect(status).toMatch(/^CapEff:\t0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    expect(must('stat', '-c', '%a %u', started.socket.replace('unix:', ''))).toBe('660 65532');
    must('podman', 'stop', '--time', '30', started.id);
    expect(inspect(started.id, '{{.State.ExitCode}} {{.State.OOMKilled}}')).toBe('0 false');
    expect(must('podman', 'logs', started.id)).toContain('"msg":"stopped"');
  });

  it('stays within its memory with health checks beside it', async () => {
    const started = await startReady();
    for (let asked = 0; asked < 10; asked += 1) {
      expect(run('podman', 'healthcheck', 'run', started.id).code).toBe(0);
      expect(decide(started).code).toBe(0);
    }
    expect(inspect(started.id, '{{.State.Running}} {{.State.OOMKilled}}')).toBe('true false');
  });

  it('takes a changed policy without a restart', async () => {
    const started = await startReady();
    const file = join(started.policy, 'policy.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll(/allow: \[.*\]/g, 'allow: [mistral]'));
    expect(readFileSync(file, 'utf8')).not.toBe(text);
    await until('the new policy', () => (decide(started).code === 3 ? true : undefined));
  });

  it('does not start with a policy that has a mistake', () => {
    const { id } = start({ 'slip.yaml': 'apiVersion: ambit/v1\nkind: Polizy\n' });
    expect(must('podman', 'wait', id)).toBe('1');
    const { stdout, stderr } = run('podman', 'logs', id);
    expect(stdout + stderr).toContain('Polizy');
  });
});

describe('the image', () => {
  function exists(path: string): boolean {
    const script = `process.exit(require('node:fs').existsSync('${path}') ? 0 : 9)`;
    const node = ['--entrypoint', 'node', IMAGE, '-e', script];
    const { code } = run('podman', 'run', '--rm', ...CONFINED, ...node);
    if (code !== 0 && code !== 9) throw new Error(`podman ended with ${String(code)}`);
    return code === 0;
  }

  it.each([
    'dist/main.js',
    'proto/ambit/v1/decision.proto',
    'node_modules/@grpc/grpc-js',
    'package.json',
  ])('holds %s', (path) => {
    expect(exists(`/app/${path}`)).toBe(true);
  });

  it.each(['src', 'test', 'docs', 'node_modules/typescript', 'node_modules/jest', '.git'])(
    'does not hold %s',
    (path) => {
      expect(exists(`/app/${path}`)).toBe(false);
    },
  );
});
