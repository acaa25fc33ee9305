import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Unlocking } from '../../ports/trail-tools';
import { LOCK, lockDirectory } from './directory-lock';
import { holderIn } from './lock-holder';
import { LockTaken, nameOf } from './lock-taken';
import { readLock } from './read-lock';

/**
 * Removes a lock as whoever takes it over would, so that no process that begins meanwhile loses its own. A process of
 * which nothing can be known from here has to be on `endedHost`; one that lives keeps its lock, whatever is said.
 */
export async function unlockDirectory(directory: string, endedHost?: string): Promise<Unlocking> {
  const text = await readLock(join(directory, LOCK));
  if (text === undefined) {
    // Of a directory that is not there nobody can say that it is free: its name may be misspelt.
    await readdir(directory);
    return { result: 'free' };
  }
  try {
    const release = await lockDirectory(directory, endedHost);
    await release();
    return { result: 'unlocked', holder: nameOf(holderIn(text)) };
  } catch (error) {
    if (error instanceof LockTaken) return { result: 'kept', problem: error.message };
    throw error;
  }
}
