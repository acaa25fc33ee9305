import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findFreePort } from '../support/ports';
import { HopelessError, until } from '../support/wait';
import { differenceOf, startsServer, type Step } from './console-blocks';

/** The root of the repository. */
export const ROOT = resolve(__dirname, '../../..');

/** What readers' commands may change, and so is copied. */
const COPIED = ['deploy', 'docs', 'proto', 'README.md'];

/** What they use as it is: the build that exists, and the packages. */
const LINKED = ['dist', 'node_modules'];

/** The address that documents name. Here it stands for one that is free. */
const DOCUMENTED_ADDRESS = '127.0.0.1:9595';

/** Milliseconds that one command may take; none needs more than a few seconds. */
const COMMAND_TIMEOUT_MS = 180_000;

/** A copy of the checkout in which the commands of one document run. */
export interface Sandbox {
  /** Runs a step. Undefined: it printed what is shown; else what the difference is. */
  run(step: Step): Promise<string | undefined>;
  /** Stops what runs in the background, and removes the copy. */
  close(): Promise<void>;
}

interface Service {
  readonly child: ChildProcess;
  output: string;
  ended: boolean;
}

/** Makes the copy. `dist` must have been built. */
export async function createSandbox(): Promise<Sandbox> {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-docs-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(directory, name), { recursive: true });
  for (const name of LINKED) symlinkSync(join(ROOT, name), join(directory, name));
  writeFileSync(join(directory, 'package.json'), manifest());
  const address = `127.0.0.1:${String(await findFreePort())}`;
  const services: Service[] = [];
  const killAll = (): void => {
    for (const { child } of services) killGroup(child);
  };
  process.once('exit', killAll);
  let lastCode = 0;
  const runOnce = (command: string): string => {
    // `$?` is that of the command before, as in one shell.
    const script = `exec 2>&1; (exit ${String(lastCode)}); ${retarget(command, address)}`;
    const { stdout, status } = runShell(script, directory);
    lastCode = status;
    return stdout.replaceAll(address, DOCUMENTED_ADDRESS);
  };
  return {
    run: async (step) => {
      if (step.isBackground) {
        const service = startService(retarget(step.command, address), directory);
        services.push(service);
        await untilReady(service, () => runHealth(address, directory));
        return step.output.length === 0 ? undefined : untilPrinted(service, step, address);
      }
      return services.length > 0 && isQuery(step.command)
        ? untilSame(step, runOnce)
        : differenceOf(step.output, runOnce(step.command));
    },
    close: async () => {
      killAll();
      process.removeListener('exit', killAll);
      for (const service of services) {
        await until('the end of a service', () => (service.ended ? true : undefined));
      }
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/**
 * The package's manifest, in which the first command of README does not install and build anew: `npm ci` and the
 * build are left out of `quickstart`, because dist and node_modules of the checkout are there already, and a test
 * that needs the network would fail for other reasons. What it starts, it starts as readers do.
 */
function manifest(): string {
  const parsed = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const steps = parsed.scripts['quickstart']?.split(' && ') ?? [];
  const [install, build, start] = steps;
  if (
    !(install ?? '').startsWith('npm ci ') ||
    build !== 'npm run -s build' ||
    start === undefined
  ) {
    throw new Error('`npm run quickstart` is not: npm ci, npm run -s build, start');
  }
  parsed.scripts['quickstart'] = start;
  return JSON.stringify(parsed);
}

/** The command with the free address in place of the documented one, also where that is the default. */
function retarget(command: string, address: string): string {
  const named = command.replaceAll(DOCUMENTED_ADDRESS, address);
  if (/npm run (?:-s )?quickstart\b/.test(named)) return `${named} -- --listen ${address}`;
  if (startsServer(named) && !named.includes('--listen')) return `${named} --listen ${address}`;
  return / health\b/.test(named) && !named.includes('--server')
    ? named.replace(/ health\b/, ` health --server ${address}`)
    : named;
}

/** True for commands that only ask, so that they may be asked again until a change of a file has arrived. */
function isQuery(command: string): boolean {
  return / (?:decide|health) /.test(`${command} `) && /--server\b/.test(command);
}

async function untilSame(
  step: Step,
  runOnce: (command: string) => string,
): Promise<string | undefined> {
  let difference: string | undefined;
  const same = async () =>
    until('the output', () => {
      difference = differenceOf(step.output, runOnce(step.command));
      return difference === undefined ? true : undefined;
    });
  try {
    await same();
    return undefined;
  } catch {
    return difference;
  }
}

function runShell(
  script: string,
  cwd: string,
): { readonly stdout: string; readonly status: number } {
  const { stdout, status } = spawnSync('bash', ['-c', script], {
    cwd,
    encoding: 'utf8',
    env: environment(),
    timeout: COMMAND_TIMEOUT_MS,
  });
  return { stdout, status: status ?? 1 };
}

function runHealth(address: string, cwd: string): boolean {
  return runShell(`node dist/main.js health --server ${address}`, cwd).status === 0;
}

// Documents show what a pipe prints, and npm must not add its own news.
function environment(): NodeJS.ProcessEnv {
  return { ...process.env, NO_COLOR: '1', FORCE_COLOR: '', NO_UPDATE_NOTIFIER: '1' };
}

function startService(command: string, cwd: string): Service {
  // A group of its own, so that what npm starts ends with it.
  const child = spawn('bash', ['-c', `exec 2>&1; ${command}`], {
    cwd,
    detached: true,
    env: environment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const service: Service = { child, output: '', ended: false };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (service.output += text));
  child.once('close', () => (service.ended = true));
  return service;
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
}

async function untilReady(service: Service, isHealthy: () => boolean): Promise<void> {
  await until('the service to be ready', () => {
    if (service.ended) throw new HopelessError(`the service ended: ${service.output}`);
    return isHealthy() ? true : undefined;
  });
}

async function untilPrinted(
  service: Service,
  step: Step,
  address: string,
): Promise<string | undefined> {
  const difference = () =>
    differenceOf(step.output, service.output.replaceAll(address, DOCUMENTED_ADDRESS));
  try {
    await until('the output', () => (difference() === undefined ? true : undefined));
    return undefined;
  } catch {
    return difference();
  }
}
