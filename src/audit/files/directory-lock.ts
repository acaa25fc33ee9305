import { randomBytes } from 'node:crypto';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { errorCodeOf } from '../../platform/error-code';
import { holderIn, selfAs, stateOf } from './lock-holder';
import { clearRemains } from './lock-remains';
import { listenIn } from './lock-socket';
import { LockTaken } from './lock-taken';
import { bootId } from './process-start';
import { readLock } from './read-lock';

/** The name of the file that says who writes. */
export const LOCK = 'lock';

/** Bytes of randomness in a name, so that no two writers ever meet in it. */
const RANDOM_BYTES = 8;

/**
 * Rounds of those that begin at the same time, of which each one that loses has seen another one win; and claims that
 * follow each other, which somebody could have written in a circle.
 */
const MAX_ROUNDS = 100;

/** Who takes a directory, and with what. */
interface Taker {
  readonly directory: string;
  readonly token: string;
  /** The run of the kernel here; empty: unknown. */
  readonly boot: string;
  /** The file that says who takes it. */
  readonly own: string;
  readonly path: string;
  /** A host of which somebody vouches that nothing there writes any more. */
  readonly endedHost: string | undefined;
}

/**
 * Takes a directory for this process; resolves to what gives it back. A lock whose process has ended is taken over;
 * one of which nobody can see from here whether its process lives is not, unless it is of `endedHost`. Rejects with
 * `LockTaken` then.
 *
 * Whoever takes over first claims the name `lock-TOKEN` of the one that has ended, which can be claimed once, and then
 * replaces the lock. Claims are removed after that, so a claim counts only if the lock is still the one it was for.
 * Each one listens before its name is anywhere to be read, and until it is nowhere any more.
 */
export async function lockDirectory(
  directory: string,
  endedHost?: string,
): Promise<() => Promise<void>> {
  const token = randomBytes(RANDOM_BYTES).toString('hex');
  const boot = await bootId();
  const text = JSON.stringify(await selfAs(token, boot));
  const [own, path] = [join(directory, `.${LOCK}-${token}`), join(directory, LOCK)];
  const hangUp = boot === '' ? () => Promise.resolve() : await listenIn(directory, token);
  try {
    await writeFile(own, text, { flag: 'wx', mode: 0o600 });
    await take({ directory, token, boot, own, path, endedHost });
  } catch (error) {
    await rm(own, { force: true });
    await hangUp();
    throw error;
  }
  await rm(own, { force: true });
  return async () => {
    // Nobody takes over from one that listens, so that the lock is still this one when it is removed.
    if ((await readLock(path)) === text) await rm(path, { force: true });
    await hangUp();
  };
}

/**
 * Looks at who holds a directory, and takes nothing. A problem is what would keep another one from it for good; one that
 * lives keeps it as long as it does.
 */
export async function lookAtLock(
  directory: string,
): Promise<'free' | 'held' | { readonly problem: string }> {
  const text = await readLock(join(directory, LOCK));
  if (text === undefined) return 'free';
  const holder = holderIn(text);
  const state = holder === undefined ? 'unknown' : await stateOf(directory, holder, await bootId());
  if (state === 'unknown') return { problem: new LockTaken(directory, holder, state).message };
  return state === 'lives' ? 'held' : 'free';
}

async function take(taker: Taker): Promise<void> {
  const { directory, own, path } = taker;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (await claim(own, path)) return;
    const before = await readLock(path);
    if (before === undefined) continue;
    const claimed = await claimBehind(taker, before);
    if ((await readLock(path)) === before) {
      await replace(taker, before);
      return;
    }
    await rm(claimed, { force: true });
  }
  throw new LockTaken(directory, undefined, 'lives');
}

/** Claims what follows the last of those that began to take over and ended. Throws where one of them lives, or may. */
async function claimBehind(taker: Taker, text: string): Promise<string> {
  const { directory, own, boot, endedHost } = taker;
  let before = text;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const holder = holderIn(before);
    if (holder === undefined) throw new LockTaken(directory, undefined, 'unknown');
    const state = await stateOf(directory, holder, boot);
    const isVouchedFor = state === 'unknown' && holder.host === endedHost;
    if (state !== 'ended' && !isVouchedFor) throw new LockTaken(directory, holder, state);
    const next = join(directory, `${LOCK}-${holder.token}`);
    if (await claim(own, next)) return next;
    before = (await readLock(next)) ?? before;
  }
  throw new LockTaken(directory, undefined, 'unknown');
}

async function replace(
  { directory, own, path, token, boot }: Taker,
  before: string,
): Promise<void> {
  const copy = `${own}-${token}`;
  await link(own, copy);
  await rename(copy, path);
  await clearRemains(directory, before, boot);
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
