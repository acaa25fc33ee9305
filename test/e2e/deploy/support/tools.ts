import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The root of the repository. */
export const ROOT = resolve(__dirname, '../../../..');

const TOOLS = join(ROOT, 'test/.tools');

/** Milliseconds after which a tool is taken to hang. */
const HANG_MS = 300_000;

/** What a tool said: both streams, and its exit code. */
export interface ToolRun {
  readonly code: number | null;
  readonly output: string;
}

/** What a tool is given beside its arguments. */
export interface ToolWorld {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a program in the root of the repository. One that is not there is an error that says how to get it. */
export function runTool(
  [program, ...args]: readonly [string, ...string[]],
  { input = '', environment = {} }: ToolWorld = {},
): ToolRun {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    input,
    timeout: HANG_MS,
  });
  if (error !== undefined) {
    throw new Error(`\`${program}\` did not run; scripts/install-test-tools.sh`, { cause: error });
  }
  return { code: status, output: stdout + stderr };
}

/** Runs hadolint on the text of a Dockerfile; every finding counts. */
export function hadolint(dockerfile: string): ToolRun {
  const program = join(TOOLS, 'hadolint');
  return runTool([program, '--no-color', '--failure-threshold', 'style', '-'], {
    input: dockerfile,
  });
}

/** Checks rendered manifests against the API of one Kubernetes version; an unknown field is an error. */
export function validateManifests(file: string, kubernetesVersion: string): ToolRun {
  const packages = join(TOOLS, 'kubernetes-validate');
  return runTool(
    ['python3', '-m', 'kubernetes_validate', '--strict', '-k', kubernetesVersion, file],
    { environment: { PYTHONPATH: packages } },
  );
}

/** Renders a folder of kustomize. Throws if it cannot be. */
export function kustomize(folder: string): string {
  const installed = join(TOOLS, 'kustomize');
  const tools: readonly (readonly [string, ...string[]])[] = [
    [installed, 'build'],
    ['kustomize', 'build'],
    ['kubectl', 'kustomize'],
  ];
  const found = tools.find(([program]) =>
    program === installed ? existsSync(program) : isThere(program),
  );
  if (found === undefined) throw new Error('no kustomize; run `scripts/install-test-tools.sh`');
  const { code, output } = runTool([...found, folder]);
  if (code !== 0) throw new Error(`kustomize failed for ${folder}: ${output}`);
  return output;
}

function isThere(program: string): boolean {
  return spawnSync(program, ['version'], { stdio: 'ignore' }).error === undefined;
}
