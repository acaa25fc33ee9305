import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';

import type { BundleFiles } from '../../ports/bundle-files';
import { createTrailReader, syncDirectory } from './trail-files';

/** Policies may hold what only their owner is to see. */
const DIRECTORY_MODE = 0o700;

const FILE_MODE = 0o600;

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
      const file = await open(`${path}.tmp`, 'w', FILE_MODE);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.tmp`, path);
      await syncDirectory(directory);
    },
  };
}
