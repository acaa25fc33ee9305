import { writeFile } from 'node:fs/promises';

import { errorCodeOf } from '../../platform/error-code';
import { generateTrailKeys, publicKeyFromPem, trailCrypto } from '../../platform/trail-keys';
import type { TrailTools } from '../../ports/trail-tools';
import { createTrailReader } from './trail-files';
import { unlockDirectory } from './unlock-directory';

const MODES = { owner: 0o600, everyone: 0o644 } as const;

/** The tools for trails in files. */
export const trailTools: TrailTools = {
  crypto: trailCrypto,
  readerIn: createTrailReader,
  publicKeyFromPem,
  generateKeys: generateTrailKeys,
  writeNew: async (path, text, access) => {
    try {
      await writeFile(path, text, { flag: 'wx', mode: MODES[access] });
      return undefined;
    } catch (error) {
      return problemOf(errorCodeOf(error));
    }
  },
  unlock: unlockDirectory,
};

function problemOf(code: string | undefined): string {
  if (code === 'EEXIST') return 'there is such a file already';
  if (code === 'ENOENT') return 'there is no such directory';
  return `it cannot be written (${code ?? 'unknown'})`;
}
