import { TrailError } from '../../ports/trail-error';
import type { Retention } from '../../ports/trail';
import { retentionJson } from './seal';
import type { Hand } from './segment-hand';
import { commitEntries } from './segment-writer';
import { noteEntry } from './trail-records';

/** Notes in the trail how long records are kept from now on. Throws where an immutable promise would be broken. */
export async function promiseToKeep(hand: Hand, wanted: Retention): Promise<void> {
  const held = hand.end.retention;
  if (held?.keepMs === wanted.keepMs && held.immutable === wanted.immutable) return;
  if (held?.immutable === true && (wanted.keepMs < held.keepMs || !wanted.immutable)) {
    throw new TrailError(
      `the trail promises to keep everything for ${String(held.keepMs)} ms, which nobody may shorten or revoke`,
    );
  }
  const note = noteEntry({ retention: retentionJson(wanted) }, hand.clock.nowMs());
  await commitEntries(hand, [note]);
  hand.end = { ...hand.end, retention: wanted };
}
