import { hostname } from 'node:os';

import { errorCodeOf } from '../../platform/error-code';
import { listensFor } from './lock-socket';
import { startOf } from './process-start';

/** Who holds a lock. */
export interface Holder {
  readonly host: string;
  readonly pid: number;
  /** When the process began, as its system tells it; empty where it tells none. */
  readonly start: string;
  /** What tells two locks of one process apart; hexadecimal. */
  readonly token: string;
  /** The run of the kernel beneath it, all the processes of which see whether it listens. Absent: it does not listen. */
  readonly boot?: string;
}

/** What can be known from here of the process that holds a lock. */
export type HolderState = 'lives' | 'ended' | 'unknown';

/** This process, which listens if its `boot` is not empty. */
export async function selfAs(token: string, boot: string): Promise<Holder> {
  const { pid } = process;
  const self = { host: hostname(), pid, start: await startOf(pid), token };
  return boot === '' ? self : { ...self, boot };
}

/** Reads who holds a lock; undefined for what nobody of us wrote. */
export function holderIn(text: string): Holder | undefined {
  try {
    const { host, pid, start, token, boot } = JSON.parse(text) as Partial<Holder>;
    if (typeof host !== 'string' || typeof start !== 'string') return undefined;
    if (pid === undefined || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
    if (typeof token !== 'string' || !/^[0-9a-f]+$/.test(token)) return undefined;
    if (boot === undefined) return { host, pid, start, token };
    return typeof boot === 'string' && boot !== '' ? { host, pid, start, token, boot } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Looks at the holder of the lock in a directory; `boot` is the run of the kernel here. `ended` is never said of a
 * process that could still write, where host names are not given twice.
 */
export async function stateOf(
  directory: string,
  holder: Holder,
  boot: string,
): Promise<HolderState> {
  if (holder.boot === undefined) return stateByNumber(holder);
  // Without a name of its own kernel this process cannot tell whether it would see the other one listen.
  if (boot === '') return 'unknown';
  if (holder.boot === boot) return stateBySocket(directory, holder);
  // The machine was started again, or an orchestrator gives the name to one process at a time.
  return holder.host === hostname() ? 'ended' : 'unknown';
}

/** Both have to be gone, for sockets are not seen where one directory is mounted twice over a network. */
async function stateBySocket(
  directory: string,
  { token, pid, start }: Holder,
): Promise<HolderState> {
  const listening = await listensFor(directory, token);
  if (listening === 'unsure') return 'unknown';
  if (listening === 'accepted') return 'lives';
  return start !== '' && (await startOf(pid)) === start ? 'lives' : 'ended';
}

async function stateByNumber({ host, pid, start }: Holder): Promise<HolderState> {
  if (host !== hostname()) return 'unknown';
  if (!isAlive(pid)) return 'ended';
  const now = await startOf(pid);
  return start !== '' && now !== '' && now !== start ? 'ended' : 'lives';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCodeOf(error) !== 'ESRCH';
  }
}
