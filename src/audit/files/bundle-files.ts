import { join } from 'node:path';

import { replaceDurably } from '../../platform/durable-file';
import { makeDirectory } from '../../platform/make-directory';
import type { BundleFiles } from '../../ports/bundle-files';
import { createTrailReader } from './trail-files';

/** Policies may hold what only their owner is to see. */
const FILE_MODE = 0o600;

/** Most bytes that are read: more than any set of policies that is loaded has. */
const MAX_BUNDLE_BYTES = 256 * 1024 * 1024;

/** The files of a directory, which is made where it is missing. */
export async function openBundleFiles(directory: string): Promise<BundleFiles> {
  await makeDirectory(directory);
  const reader = createTrailReader(directory);
  return {
    read: async (name) => Buffer.from(await reader.read(name, MAX_BUNDLE_BYTES)).toString(),
    write: (name, text) => replaceDurably(join(directory, name), text, FILE_MODE),
  };
}
