import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import { errorCodeOf } from './error-code';
import { explainFailure } from './explain-failure';

/** For its owner alone: evidence may hold what nobody else is to see. */
const MODE = 0o700;

/**
 * Makes a directory, and those above it, where they are missing. Rejects with a sentence that is fit to show to a user. Node's
 * `recursive` is not used: it never ends where a directory that is there takes no new one and says `ENOENT`, as `/proc` does.
 */
export async function makeDirectory(path: string): Promise<void> {
  let failure = await make(path);
  if (errorCodeOf(failure) === 'ENOENT' && dirname(path) !== path) {
    await makeDirectory(dirname(path));
    failure = await make(path);
  }
  if (failure === undefined) return;
  throw new Error(`\`${path}\` cannot be made: ${reasonOf(failure)}`);
}

/** Undefined: it is there now. */
async function make(path: string): Promise<unknown> {
  try {
    await mkdir(path, { mode: MODE });
    return undefined;
  } catch (error) {
    const isThere = errorCodeOf(error) === 'EEXIST' && (await isDirectory(path));
    return isThere ? undefined : error;
  }
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

function reasonOf(failure: unknown): string {
  const code = errorCodeOf(failure);
  if (code === 'EEXIST') return 'something else has this name';
  if (code === 'ENOENT') return 'the directory above it takes no new one';
  return explainFailure(failure);
}
