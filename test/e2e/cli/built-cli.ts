import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import { TEST_PROCESS } from '../support/child';
import { HopelessError, until } from '../support/wait';

/** The root of the repository. */
export const ROOT = resolve(__dirname, '../../..');

/** What `npm run build` makes, and users run. */
export const MAIN = join(ROOT, 'dist/main.js');

/** Milliseconds after which a command is taken to hang. */
const HANG_MS = 180_000;

/** What a command line did. */
export interface BuiltRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command line is given beside its arguments. */
export interface BuiltWorld {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[];
  /** Who runs it, by number; absent: whoever runs the test. */
  readonly user?: number | undefined;
}

/** Runs the built command line in the root of the repository. */
export function ambit(args: readonly string[], world: BuiltWorld = {}): BuiltRun {
  const { input = '', environment = {}, nodeOptions = [], user } = world;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeOptions, MAIN, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    input,
    timeout: HANG_MS,
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  return { code: status, stdout, stderr };
}

/** A service that is ready. */
export interface BuiltService {
  /** Its log so far. */
  log(): string;
  /** Asks it to end; resolves with its exit code. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<number | null>;
}

/** Starts `ambit serve` with the arguments and waits until its health command says `serving` at the address. */
export async function serve(address: string, args: readonly string[]): Promise<BuiltService> {
  // The default port of diagnostics may be another service's on the same machine.
  const quiet = args.includes('--diagnostics') ? [] : ['--diagnostics', 'none'];
  const child = spawn(process.execPath, [MAIN, 'serve', '--listen', address, ...quiet, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killAtExit = (): void => void child.kill('SIGKILL');
  TEST_PROCESS.once('exit', killAtExit);
  const written = collect(child);
  const ended = new Promise<number | null>((done) => child.once('close', done));
  await until('the service to be ready', () => {
    if (child.exitCode !== null) throw new HopelessError(`the service ended: ${written()}`);
    return ambit(['health', '--server', address]).code === 0 ? true : undefined;
  });
  return {
    log: written,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      const code = await ended;
      TEST_PROCESS.removeListener('exit', killAtExit);
      return code;
    },
  };
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  return () => text;
}
