import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

import { errorCodeOf } from '../../platform/error-code';

const ID = /^[0-9a-f]{16}$/u;

/**
 * What names a trail in the ids of its lines: chosen by chance, and kept beside the cursors. A trail without lines gets a
 * new one, so that its numbers, which begin anew, are not taken for those of the trail before. Throws where the file
 * holds something else: with another id, everything would be sent once more.
 */
export async function openTrailId(directory: string, isEmpty: boolean): Promise<string> {
  const path = join(directory, 'id');
  const kept = isEmpty ? undefined : await readIfThere(path);
  if (kept === undefined) return makeId(path);
  const id = kept.trim();
  if (ID.test(id)) return id;
  throw new Error(
    `\`${path}\` does not hold the id of a trail; remove it, and everything is sent again under a new one`,
  );
}

async function makeId(path: string): Promise<string> {
  const id = randomBytes(8).toString('hex');
  const file = await open(`${path}.tmp`, 'w', 0o600);
  try {
    await file.writeFile(`${id}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
  return id;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
