import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { holderIn, stateOf } from './lock-holder';
import { socketName } from './lock-socket';
import { readLock } from './read-lock';

/** How claims begin, which count no more once a lock was replaced. */
const CLAIM = 'lock-';

/** Names of the files by which somebody says who it is while it takes a lock. */
const TAKER = /^\.lock-[0-9a-f]+(-[0-9a-f]+)?$/;

/**
 * Removes what those left behind that were killed while they held a directory or began to. To be called by whoever has
 * just replaced the lock `before`. What is of another process that may live stays, but for its claims.
 */
export async function clearRemains(directory: string, before: string, boot: string): Promise<void> {
  const holder = holderIn(before);
  if (holder !== undefined) await rm(join(directory, socketName(holder.token)), { force: true });
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const { name } = entry;
    const isClaim = name.startsWith(CLAIM);
    // Links, pipes and directories are of nobody who takes a lock.
    if (!entry.isFile() || (!isClaim && !TAKER.test(name))) continue;
    const path = join(directory, name);
    const hasEnded = await clearEnded(directory, (await readLock(path)) ?? '', boot);
    if (isClaim || hasEnded) await rm(path, { force: true });
  }
}

/** Removes the socket of a process that has ended; false where it may live. */
async function clearEnded(directory: string, text: string, boot: string): Promise<boolean> {
  const holder = holderIn(text);
  if (holder === undefined || (await stateOf(directory, holder, boot)) !== 'ended') return false;
  await rm(join(directory, socketName(holder.token)), { force: true });
  return true;
}
