import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';

import { errorCodeOf } from './error-code';

/** Bytes of randomness in a name: enough that two writers never meet in it. */
const RANDOM_BYTES = 6;

/**
 * Writes a file so that whoever reads it sees the old text or the whole new one: into a new file beside it, which
 * then takes its place. Answers with why it could not, in words, or with undefined; then the old text stands, and
 * nothing is left behind.
 */
export function replaceFile(path: string, text: string): string | undefined {
  let beside: string | undefined;
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    // A device or a pipe must never be replaced by a file.
    if (found?.isFile() === false) return 'what stands there is no file';
    // A link stays, and what it points to is replaced.
    const place = found === undefined ? path : realpathSync(path);
    beside = `${place}.${randomBytes(RANDOM_BYTES).toString('hex')}.tmp`;
    writeWhole(beside, text);
    renameSync(beside, place);
    return undefined;
  } catch (error) {
    if (beside !== undefined) rmSync(beside, { force: true });
    return explain(error);
  }
}

function writeWhole(path: string, text: string): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function explain(error: unknown): string {
  const code = errorCodeOf(error);
  switch (code) {
    case 'ENOENT':
      return 'there is no such directory';
    case 'ENOTDIR':
      return 'a part of the path is not a directory';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'access is denied';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'no space is left';
    case undefined:
      return 'it cannot be written';
    default:
      return `it cannot be written (${code})`;
  }
}
