import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The root of the repository. */
export const ROOT = resolve(__dirname, '../../../..');

/** The scripts and settings of the tests' containers. */
export const CONTAINERS = resolve(__dirname, '../containers');

/** The base that the Dockerfile names, made locally under its name. */
const BASE_IMAGE = 'docker.io/library/node:24-bookworm-slim';

/** The image that the tests build. */
export const IMAGE = 'localhost/ambit:test';

/** Milliseconds after which a command is taken to hang; a build installs packages. */
const HANG_MS = 540_000;

const SETTINGS = {
  CONTAINERS_CONF: join(CONTAINERS, 'containers.conf'),
  CONTAINERS_REGISTRIES_CONF: join(CONTAINERS, 'registries.conf'),
};

/** What a command did. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in the root of the repository, with the tests' settings of containers. */
export function run(program: string, ...args: readonly string[]): Ran {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...SETTINGS },
    timeout: HANG_MS,
  });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}

/** Runs a command that must succeed; what it printed. */
export function must(program: string, ...args: readonly string[]): string {
  const { code, stdout, stderr } = run(program, ...args);
  if (code === 0) return stdout.trim();
  throw new Error(
    `\`${program} ${args.join(' ')}\` ended with ${String(code)}: ${stdout}${stderr}`,
  );
}

/** An empty directory that other users can enter. */
export function makeDirectory(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `ambit-${name}-`));
  must('chmod', '755', directory);
  return directory;
}

/** Builds the image from the unchanged Dockerfile, on a base that is made here under the true one's name. */
export function buildImage(): void {
  must(join(CONTAINERS, 'local-base-image.sh'), BASE_IMAGE, makeDirectory('base'));
  must(
    'buildah',
    ...['bud', '--pull-never', '--isolation', 'chroot', '--format', 'docker'],
    ...['--signature-policy', join(CONTAINERS, 'policy.json')],
    ...['--file', 'deploy/docker/Dockerfile', '--tag', IMAGE, '.'],
  );
}
