import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { configMap, renderExample } from '../../e2e/deploy/support/manifests';
import { until } from '../../e2e/support/wait';
import { buildImage, IMAGE, makeDirectory, must, run, type Ran } from './support/containers';

const EXAMPLE = renderExample('live-policy');
const [SIDECAR] = EXAMPLE.pod.initContainers ?? [];
const GROUP = String(EXAMPLE.pod.securityContext?.fsGroup);
const POLICY = configMap(EXAMPLE, 'ambit-policy').data ?? {};

/** What the restricted level means to an engine of containers. */
const CONFINED = [
  ...['--pull', 'never', '--read-only', '--read-only-tmpfs=false', '--cap-drop', 'all'],
  ...['--security-opt', 'no-new-privileges', '--memory', '256m', '--memory-swap', '256m'],
] as const;

const folder = makeDirectory('pod');
let sidecar = '';

/** Puts files into a volume as the kubelet does: a new directory, and one rename that changes all of them at once. */
function swap(volume: string, version: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(join(volume, `..${version}`), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(volume, `..${version}`, name), text);
  }
  symlinkSync(`..${version}`, join(volume, '..data_tmp'));
  renameSync(join(volume, '..data_tmp'), join(volume, '..data'));
  if (version !== '1') return;
  for (const name of Object.keys(files)) symlinkSync(join('..data', name), join(volume, name));
}

/** Asks `path` of the diagnostics inside the Pod's network; the status. */
function probe(path: string): string {
  const script = `fetch('http://127.0.0.1:9596${path}').then((r) => console.log(r.status))`;
  return run('podman', 'exec', sidecar, 'node', '-e', script).stdout.trim();
}

/** Asks as another container of the Pod: another user, the socket's group or not, its volume read-only. */
function ask(...groups: readonly string[]): Ran {
  return run(
    'podman',
    ...['run', '--rm', ...CONFINED, '--network', 'none', '--user', '10001:10001', ...groups],
    ...['--volume', `${join(folder, 'ambit-run')}:/run/ambit:ro`, IMAGE],
    ...['decide', '--server', 'unix:/run/ambit/ambit.sock'],
    ...['--model', 'gpt-5.4-mini', '--tenant', 'acme'],
  );
}

function askInGroup(): Ran {
  return ask('--group-add', GROUP);
}

beforeAll(async () => {
  buildImage();
  for (const volume of ['ambit-run', 'ambit-policy', 'ambit-config'])
    mkdirSync(join(folder, volume));
  swap(join(folder, 'ambit-policy'), '1', POLICY);
  swap(join(folder, 'ambit-config'), '1', configMap(EXAMPLE, 'ambit-config').data ?? {});
  // As the kubelet prepares an emptyDir for a Pod with an fsGroup.
  must('chown', `0:${GROUP}`, join(folder, 'ambit-run'));
  must('chmod', '2777', join(folder, 'ambit-run'));
  const { runAsUser, runAsGroup } = SIDECAR?.securityContext ?? {};
  const mounts = (SIDECAR?.volumeMounts ?? []).flatMap(({ name, mountPath, readOnly }) => [
    '--volume',
    `${join(folder, name)}:${mountPath}${readOnly === true ? ':ro' : ''}`,
  ]);
  sidecar = must(
    'podman',
    ...['run', '--detach', ...CONFINED, '--network', 'none', '--group-add', GROUP],
    ...['--user', `${String(runAsUser)}:${String(runAsGroup)}`, ...mounts],
    IMAGE,
    ...(SIDECAR?.args ?? []),
  );
  const { path = '' } = SIDECAR?.startupProbe?.httpGet ?? {};
  await until('the startup probe', () => (probe(path) === '200' ? true : undefined));
});

afterAll(() => {
  run('podman', 'rm', '--force', sidecar);
  rmSync(folder, { recursive: true });
});

describe("the sidecar, with the Pod's arguments, volumes, users and configuration", () => {
  it('answers its probes', () => {
    expect(probe(SIDECAR?.livenessProbe?.httpGet?.path ?? '')).toBe('200');
    expect(probe(SIDECAR?.readinessProbe?.httpGet?.path ?? '')).toBe('200');
    expect(probe('/metrics')).toBe('200');
  });

  it('is asked by another user of the group, over a volume that is read-only', () => {
    const { code, stdout } = askInGroup();
    expect({ code, stdout: stdout.split('\n')[0] }).toEqual({
      code: 0,
      stdout: 'allow: 2 of 3 targets may receive `gpt-5.4-mini`',
    });
  });

  it('is out of reach for who is not in the group', () => {
    expect(ask()).toMatchObject({ code: 5, stdout: '' });
  });

  it('follows the swap of a ConfigMap, and keeps the last good set when the next is bad', async () => {
    const policy = POLICY['policy.yaml'] ?? '';
    const changed = `${policy}  providers:\n    allow: [azure]\n`;
    swap(join(folder, 'ambit-policy'), '2', { ...POLICY, 'policy.yaml': changed });
    await until('the new policy', () =>
      askInGroup().stdout.startsWith('allow: 1 of 3') ? true : undefined,
    );
    swap(join(folder, 'ambit-policy'), '3', {
      ...POLICY,
      'policy.yaml': `${policy}  nonsense: 1\n`,
    });
    await until('the report', () =>
      run('podman', 'logs', sidecar).stdout.includes('nonsense') ? true : undefined,
    );
    expect(askInGroup().stdout).toMatch(/^allow: 1 of 3/);
    expect(probe('/readyz')).toBe('200');
  });

  it('ends with 0 when it is asked to', () => {
    const seconds = String(EXAMPLE.pod.terminationGracePeriodSeconds);
    must('podman', 'stop', '--time', seconds, sidecar);
    expect(must('podman', 'inspect', '--format', '{{.State.ExitCode}}', sidecar)).toBe('0');
  });
});
