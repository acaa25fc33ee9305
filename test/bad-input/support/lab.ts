import { fork } from 'node:child_process';
import { join } from 'node:path';

import type { TaskName, Tasks } from '../lab/tasks';

/** Milliseconds after which a case is taken to hang; the child process is killed then. */
const HANG_MS = 10_000;

/** Mebibytes of heap that the child process may have; with more it ends, and the case fails. */
const MAX_HEAP_MIB = 192;

/** A child process that reads bad input, so that what it does to memory and time is told from the test's own. */
export interface Lab {
  /** Does a task; throws if it crashes or hangs. One at a time. */
  ask<Name extends TaskName>(name: Name, ask: Tasks[Name]['ask']): Promise<Tasks[Name]['answer']>;
  close(): void;
}

type Reply<Name extends TaskName> =
  { readonly answer: Tasks[Name]['answer'] } | { readonly crash: string };

/** Starts a child process. */
export function startLab(): Lab {
  const child = fork(join(__dirname, '..', 'lab', 'run.cjs'), {
    execArgv: [`--max-old-space-size=${String(MAX_HEAP_MIB)}`],
  });
  return {
    ask: (name, ask) =>
      new Promise((resolve, reject) => {
        const settle = (finish: () => void): void => {
          clearTimeout(timer);
          child.removeAllListeners('message').removeAllListeners('exit');
          finish();
        };
        const timer = setTimeout(() => {
          child.kill('SIGKILL');
          settle(() => {
            reject(new Error(`\`${name}\` hung for ${String(HANG_MS)} ms`));
          });
        }, HANG_MS);
        child.once('exit', (code, signal) => {
          settle(() => {
            reject(new Error(`\`${name}\` ended the process: ${String(code ?? signal)}`));
          });
        });
        child.once('message', (reply: Reply<typeof name>) => {
          settle(() => {
            if ('answer' in reply) resolve(reply.answer);
            else reject(new Error(`\`${name}\` threw: ${reply.crash}`));
          });
        });
        child.send({ name, ask });
      }),
    close: () => {
      child.removeAllListeners('exit').kill('SIGTERM');
    },
  };
}
