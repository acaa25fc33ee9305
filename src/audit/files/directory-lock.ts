import { randomBytes } from 'node:crypto';
import { link, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readIfThere } from '../../platform/durable-file';
import { errorCodeOf } from '../../platform/error-code';
import { hasEnded, holderIn, selfAs, type Holder } from './lock-holder';

/** The name of the file that says who writes. */
const LOCK = 'lock';

/** Bytes of randomness in a name, so that no two writers ever meet in it. */
const RANDOM_BYTES = 8;

/** Rounds of those that begin at the same time; each one that loses has seen another one win. */
const MAX_ROUNDS = 100;

/**
 * Takes a directory for this process; resolves to what gives it back. A lock whose process has ended is taken over;
 * that of another host is not, for nobody can see from here whether its process lives.
 *
 * Whoever takes over first claims the name `lock-TOKEN` of the one that has ended, which can be claimed once, and then
 * replaces the lock. Claims are removed after that, so a claim counts only if the lock is still the one it was for.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const token = randomBytes(RANDOM_BYTES).toString('hex');
  const own = join(directory, `.${LOCK}-${token}`);
  const text = JSON.stringify(await selfAs(token));
  await writeFile(own, text, { flag: 'wx', mode: 0o600 });
  try {
    await take(directory, own, token);
  } finally {
    await rm(own, { force: true });
  }
  const path = join(directory, LOCK);
  return async () => {
    if ((await readIfThere(path)) === text) await rm(path, { force: true });
  };
}

async function take(directory: string, own: string, token: string): Promise<void> {
  const path = join(directory, LOCK);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (await claim(own, path)) return;
    const before = await readIfThere(path);
    if (before === undefined) continue;
    const claimed = await claimBehind(directory, own, before);
    if ((await readIfThere(path)) === before) {
      await replace(directory, { own, path, token });
      return;
    }
    await rm(claimed, { force: true });
  }
  throw taken(directory, 'another process');
}

/** Claims what follows the last of those that began to take over and ended. Throws where one of them lives, or may. */
async function claimBehind(directory: string, own: string, text: string): Promise<string> {
  for (let before = text; ;) {
    const holder = holderIn(before);
    if (holder === undefined || !(await hasEnded(holder))) throw taken(directory, nameOf(holder));
    const next = join(directory, `${LOCK}-${holder.token}`);
    if (await claim(own, next)) return next;
    before = (await readIfThere(next)) ?? before;
  }
}

async function replace(
  directory: string,
  { own, path, token }: { readonly own: string; readonly path: string; readonly token: string },
): Promise<void> {
  const copy = `${own}-${token}`;
  await link(own, copy);
  await rename(copy, path);
  const names = await readdir(directory);
  const claims = names.filter((name) => name.startsWith(`${LOCK}-`));
  for (const name of claims) await rm(join(directory, name), { force: true });
}

/** A link is made whole or not at all, so that a lock always says who holds it. */
async function claim(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function nameOf(holder: Holder | undefined): string {
  return holder === undefined ? 'someone' : `process ${String(holder.pid)} on ${holder.host}`;
}

function taken(directory: string, who: string): Error {
  return new Error(
    `${who} writes to the trail in \`${directory}\`; if that is not so any more, remove its file \`${LOCK}\``,
  );
}
