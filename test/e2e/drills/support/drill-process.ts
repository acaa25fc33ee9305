import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { MAIN } from '../../cli/built-cli';
import { TEST_PROCESS } from '../../support/child';
import { HopelessError, until } from '../../support/wait';

/** A record of the log. */
export type LogRecord = Readonly<Record<string, unknown>>;

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** `ambit serve`, as built, in a process of its own. */
export interface DrillProcess {
  readonly pid: number;
  /** Everything in its log so far. */
  log(): readonly LogRecord[];
  /** What was printed that is no record of the log. */
  noise(): string;
  isRunning(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Waits until it has ended by itself or by a signal that was sent; one that hangs fails the test. */
  ended(): Promise<Ending>;
  /** Waits until it listens, and gives the addresses in the order of the listeners; throws if it ends instead. */
  listening(): Promise<readonly string[]>;
}

/** What it is started with. */
export interface DrillOptions {
  readonly args: readonly string[];
  /** A command that starts the rest of its arguments, such as one that makes namespaces. */
  readonly launcher?: readonly string[];
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[];
  /** Variables beside those of the test and of every drill. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where it listens; one `--listen` each. Empty: where its configuration says, at one address. */
  readonly listen: readonly string[];
  /** Descriptors of this process that it has as 3, 4 and so on. */
  readonly outputs?: readonly number[];
}

/**
 * The machine that runs the drills may stand still for longer than any service should, and what is shown here is not
 * how load is shed.
 */
const ENVIRONMENT = {
  AMBIT_LIMITS_EVENT_LOOP_DELAY_MS: '10000',
  AMBIT_SHUTDOWN_DRAIN_SECONDS: '2',
};

/** Starts it, and does not wait for anything. */
export function startDrillProcess(options: DrillOptions): DrillProcess {
  const { args, listen, environment = {}, outputs = [] } = options;
  const listenArgs = listen.flatMap((address) => ['--listen', address]);
  const { launcher = [], nodeOptions = [] } = options;
  const node = [process.execPath, ...nodeOptions, MAIN, 'serve', ...args, ...listenArgs];
  // `env` starts what it is given, and here always something.
  const child = spawn('env', [...launcher, ...node], {
    stdio: ['ignore', 'pipe', 'pipe', ...outputs],
    env: { ...process.env, ...ENVIRONMENT, ...environment },
  });
  const kill = (): void => void child.kill('SIGKILL');
  TEST_PROCESS.once('exit', kill);
  const lines = collectLines(child);
  let ending: Ending | undefined;
  child.once('close', (code, signal) => {
    ending = { code, signal };
    TEST_PROCESS.removeListener('exit', kill);
  });
  return {
    pid: child.pid ?? 0,
    log: () => lines.records,
    noise: () => lines.noise.join('\n'),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    signal: (signal) => void child.kill(signal),
    ended: () => until('the end of the service', () => ending),
    listening: () =>
      until('the service to listen', () => {
        const told = lines.records.filter(({ msg }) => msg === 'listening');
        if (told.length === Math.max(listen.length, 1))
          return told.map(({ address }) => String(address));
        if (ending === undefined) return undefined;
        throw new HopelessError(`the service ended: ${JSON.stringify(lines)}`);
      }),
  };
}

/** The address of the diagnostics of a service that is started with `diagnosticsArgs` of the same folder. */
export function diagnosticsAt(directory: string): string {
  return `unix:${join(directory, 'diagnostics.sock')}`;
}

interface Lines {
  readonly records: LogRecord[];
  readonly noise: string[];
}

function collectLines(child: {
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
}): Lines {
  const lines: Lines = { records: [], noise: [] };
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) addLine(lines, line);
    });
  }
  return lines;
}

function addLine({ records, noise }: Lines, line: string): void {
  try {
    records.push(JSON.parse(line) as LogRecord);
  } catch {
    // Not of the log: Node's own words, such as a warning, which the test may look at.
    noise.push(line);
  }
}
