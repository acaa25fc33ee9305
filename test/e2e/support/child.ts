import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';

import { HopelessError, until } from './wait';

/** A program that a test started; everything it prints goes to one file. */
export interface Child {
  /** Everything printed so far, stdout and stderr mixed. */
  output(): string;
  /**
   * Waits until the probe returns true (see `until`). If it never does, or the program ends first, the program is
   * stopped and the error shows the end of its output.
   */
  ready(probe: () => Promise<boolean>): Promise<void>;
  /** Sends the signal and returns at once; SIGSTOP makes it hang until SIGCONT. */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGUSR2'): void;
  /** Sends the signal and waits for the end; resolves with the exit code (undefined: killed by a signal). */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | undefined>;
}

/** What to start: `command[0]` with the rest as arguments; `logFile` receives the output. */
export interface ChildOptions {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly logFile: string;
  /** Variables beside those of the test process. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * The process itself. Jest gives tests a copy of it that hears no `exit`, so what is registered there is never called,
 * and a program that a test forgot would outlive the run.
 */
export const TEST_PROCESS = runInThisContext('process') as NodeJS.Process;

/** How much of a dead program's output an error message shows, in characters. */
const SHOWN_CHARS = 2_000;

/** Starts a program. It dies with the test process, even if the test forgets to stop it. */
export function startChild({ name, command, logFile, env }: ChildOptions): Child {
  const log = openSync(logFile, 'w');
  const [program, ...args] = command;
  const child = spawn(program, args, {
    stdio: ['ignore', log, log],
    env: { ...process.env, ...env },
  });
  closeSync(log);
  // A program that a test forgot must not keep the run open; it dies with it.
  child.unref();
  let ended: { readonly code: number | undefined; readonly how: string } | undefined;
  child.once('error', (error) => (ended ??= { code: undefined, how: error.message }));
  child.once('exit', (code, signal) => {
    ended ??= { code: code ?? undefined, how: `exit ${String(code)}, signal ${String(signal)}` };
  });
  const killAtExit = (): void => void child.kill('SIGKILL');
  TEST_PROCESS.once('exit', killAtExit);
  const output = (): string => readFileSync(logFile, 'utf8');
  const stop = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | undefined> => {
    if (ended === undefined) child.kill(signal);
    const end = await until(`the end of ${name}`, () => ended);
    TEST_PROCESS.removeListener('exit', killAtExit);
    return end.code;
  };
  const probeRunning = async (probe: () => Promise<boolean>): Promise<true | undefined> => {
    if (ended !== undefined) throw new HopelessError(`${name} ended (${ended.how})`);
    return (await probe()) ? true : undefined;
  };
  return {
    output,
    stop,
    signal: (signal) => {
      child.kill(signal);
    },
    ready: async (probe) => {
      try {
        await until(`${name} to be ready`, () => probeRunning(probe));
      } catch (error) {
        await stop('SIGKILL');
        throw new Error(`${name} did not start: ${output().slice(-SHOWN_CHARS)}`, { cause: error });
      }
    },
  };
}
