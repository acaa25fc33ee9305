import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
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

/** The text of a file; undefined where there is none. Rejects with every other error of the system. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
