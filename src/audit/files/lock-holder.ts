import { hostname } from 'node:os';

import { errorCodeOf } from '../../platform/error-code';
import { startOf } from './process-start';

/** Who holds a lock. */
export interface Holder {
  readonly host: string;
  readonly pid: number;
  /** When the process began, as its system tells it; empty where it tells none. */
  readonly start: string;
  /** What tells two locks of one process apart; hexadecimal. */
  readonly token: string;
}

/** This process. */
export async function selfAs(token: string): Promise<Holder> {
  return { host: hostname(), pid: process.pid, start: await startOf(process.pid), token };
}

/** Reads who holds a lock; undefined for what nobody of us wrote. */
export function holderIn(text: string): Holder | undefined {
  try {
    const { host, pid, start, token } = JSON.parse(text) as Partial<Holder>;
    if (typeof host !== 'string' || typeof start !== 'string') return undefined;
    if (pid === undefined || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
    if (typeof token !== 'string' || !/^[0-9a-f]+$/.test(token)) return undefined;
    return { host, pid, start, token };
  } catch {
    return undefined;
  }
}

/** True if its process certainly lives no more. */
export async function hasEnded({ host, pid, start }: Holder): Promise<boolean> {
  if (host !== hostname()) return false;
  if (!isAlive(pid)) return true;
  const now = await startOf(pid);
  return start !== '' && now !== '' && now !== start;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCodeOf(error) !== 'ESRCH';
  }
}
