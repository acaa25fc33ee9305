import { constants } from 'node:fs';
import { access, lstat, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { errorCodeOf } from '../../platform/error-code';
import { explainFailure } from '../../platform/explain-failure';

const { R_OK, W_OK, X_OK } = constants;

/** File systems that take no file of ours, whatever their permissions say: /proc and /sys. */
const KERNEL_TYPES: readonly number[] = [0x9fa0, 0x62656572];

/** Throws if this cannot be made a directory, or be written to if it is one; the reason is fit to show to a user. */
export async function expectDirectory(path: string): Promise<void> {
  const problem = await problemOfDirectory(path);
  if (problem !== undefined) throw new Error(`\`${path}\` cannot be used: ${problem}`);
}

async function problemOfDirectory(path: string): Promise<string | undefined> {
  try {
    if (!(await stat(path)).isDirectory()) return 'something else has this name';
    await access(path, R_OK | W_OK | X_OK);
    return KERNEL_TYPES.includes((await statfs(path)).type) ? 'it takes no files' : undefined;
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT') return explainFailure(error);
    // A link to nothing is in the way of a directory.
    const isTaken = (await lstat(path).catch(() => undefined)) !== undefined;
    return isTaken ? 'something else has this name' : problemAbove(path);
  }
}

async function problemAbove(path: string): Promise<string | undefined> {
  const above = dirname(path);
  const problem = await problemOfDirectory(above);
  return problem === undefined ? undefined : `\`${above}\`: ${problem}`;
}

/** Throws if there is something of this name that is no file, or cannot be read and written. */
export async function expectFile(directory: string, name: string): Promise<void> {
  const path = join(directory, name);
  // A link is not followed when it is opened.
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isFile()) throw new Error(`\`${path}\` is no file; move it away`);
  await access(path, R_OK | W_OK).catch((error: unknown) => {
    throw new Error(`\`${path}\` cannot be written: ${explainFailure(error)}`);
  });
}
