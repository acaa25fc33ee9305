import { open, readdir, readFile, rename, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';

import type { TrailFiles } from '../../ports/trail-files';

/** Only who runs Ambit reads what was decided; others are given access by the directory's group. */
const FILE_MODE = 0o640;

/** The files of a trail in a directory, which must be there. */
export function createDirectoryFiles(directory: string): TrailFiles {
  const at = (name: string): string => join(directory, name);
  return {
    list: async () => (await readdir(directory)).sort(),
    read: (name) => readFile(at(name)),
    append: async (name, text) => {
      const file = await open(at(name), 'a', FILE_MODE);
      let isNew: boolean;
      try {
        isNew = (await file.stat()).size === 0;
        await file.appendFile(text);
        await file.datasync();
      } finally {
        await file.close();
      }
      if (isNew) await syncDirectory(directory);
    },
    truncate: async (name, bytes) => {
      await truncate(at(name), bytes);
      await sync(at(name));
    },
    create: async (name, text) => {
      const beside = `${at(name)}.tmp`;
      await rm(beside, { force: true });
      const file = await open(beside, 'wx', FILE_MODE);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, at(name));
      await syncDirectory(directory);
    },
  };
}

/** A name is on disk only once its directory is. */
const syncDirectory = sync;

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
