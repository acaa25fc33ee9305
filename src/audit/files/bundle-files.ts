import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { BundleFiles } from '../../ports/bundle-files';
import { createTrailReader, syncDirectory } from './trail-files';

/** Policies may hold what only their owner is to see. */
const DIRECTORY_MODE = 0o700;

const FILE_MODE = 0o600;

const RANDOM_BYTES = 8;

/** Most bytes that are read: more than any set of policies that is loaded has. */
const MAX_BUNDLE_BYTES = 256 * 1024 * 1024;

/** The files of a directory, which is made where it is missing. */
export async function openBundleFiles(directory: string): Promise<BundleFiles> {
  await mkdir(directory, { recursive: true, mode: DIRECTORY_MODE });
  const reader = createTrailReader(directory);
  return {
    read: async (name) => Buffer.from(await reader.read(name, MAX_BUNDLE_BYTES)).toString(),
    write: async (name, text) => {
      const path = join(directory, name);
      // A name of its own: the same bundle may be written twice at a time, and nobody else can have put a link there.
      const own = `${path}.${randomBytes(RANDOM_BYTES).toString('hex')}.tmp`;
      const file = await open(own, 'wx', FILE_MODE);
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
      await syncDirectory(directory);
    },
  };
}
