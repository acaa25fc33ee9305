import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { readIfThere, replaceDurably } from '../../platform/durable-file';

/** Its file, in the directory of the sinks. */
const FILE = 'id';

const ID = /^[0-9a-f]{16}$/u;

/**
 * What names a trail in the ids of its lines: chosen by chance, and kept beside the cursors. A trail without lines gets a
 * new one, so that its numbers, which begin anew, are not taken for those of the trail before. Throws where the file
 * holds something else: with another id, everything would be sent once more.
 */
export async function openTrailId(directory: string, isEmpty: boolean): Promise<string> {
  return (await keptTrailId(directory, isEmpty)) ?? makeId(join(directory, FILE));
}

/** The id that a trail has; undefined: it is to get one. Throws as `openTrailId` does, and writes nothing. */
export async function keptTrailId(
  directory: string,
  isEmpty: boolean,
): Promise<string | undefined> {
  const path = join(directory, FILE);
  const kept = isEmpty ? undefined : await readIfThere(path);
  if (kept === undefined) return undefined;
  const id = kept.trim();
  if (ID.test(id)) return id;
  throw new Error(
    `\`${path}\` does not hold the id of a trail; remove it, and everything is sent again under a new one`,
  );
}

async function makeId(path: string): Promise<string> {
  const id = randomBytes(8).toString('hex');
  await replaceDurably(path, `${id}\n`, 0o600);
  return id;
}
