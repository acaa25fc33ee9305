import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { errorCodeOf } from './error-code';

/** Bytes of randomness in a name, so that two writers never meet in it, and nobody can have put a link there. */
const RANDOM_BYTES = 8;

/**
 * Puts a file in the place of what has the name, a link too. Resolves once all of it would outlast a power cut; rejects with
 * the system's error, and then leaves nothing behind.
 */
export async function replaceDurably(path: string, text: string, mode: number): Promise<void> {
  const own = `${path}.${randomBytes(RANDOM_BYTES).toString('hex')}.tmp`;
  const file = await open(own, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
    await rename(own, path);
  } catch (error) {
    await rm(own, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await syncDirectory(dirname(path));
}

/** Resolves when the names in a directory would outlast a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Most bytes of a file that says who holds a directory, or how far somebody got; none comes near. */
const MAX_SMALL_BYTES = 65_536;

/** A link is not followed, and a pipe not waited for: whoever may write to the directory may have put one there. */
const SMALL_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * The text of a small file; undefined where there is none. Rejects with every other error of the system, and for what is
 * no file or is too large to be one of ours.
 */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readSmall(path);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function readSmall(path: string): Promise<string> {
  const file = await open(path, SMALL_FLAGS);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error(`\`${path}\` is no file`);
    if (stats.size > MAX_SMALL_BYTES) {
      throw new Error(`\`${path}\` has more than ${String(MAX_SMALL_BYTES)} bytes`);
    }
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
