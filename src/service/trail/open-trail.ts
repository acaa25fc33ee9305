import type { Retention, Trail } from '../../ports/trail';
import { createTrail } from './create-trail';
import { recoverTrail, type TrailSigners } from './recover-trail';
import { retentionJson } from './seal';
import { releaseFile, type Hand, type SegmentLimits, type WriterParts } from './segment-hand';
import { commitEntries } from './segment-writer';
import { TrailError } from './trail-error';
import { noteEntry } from './trail-records';

/** When segments are sealed, where nothing else is said: what was not sealed is not proven. */
const DEFAULT_SEGMENT_LIMITS: SegmentLimits = {
  maxLines: 10_000,
  maxBytes: 16 * 1024 * 1024,
  maxAgeMs: 600_000,
};

/** What a trail is opened with. */
export interface TrailOptions extends Omit<WriterParts, 'limits'> {
  readonly signers: TrailSigners;
  /** Absent: the default. */
  readonly limits?: SegmentLimits;
  /** What is promised from now on. Absent: what was promised before, and for a new trail to keep everything. */
  readonly retention?: Retention;
}

/**
 * Opens a trail for its one writer, and brings it into order after a crash. Throws `TrailError` where another one
 * writes, the keys do not fit, a promise would be broken, or (`TrailDamage`) the trail is not what was written.
 */
export async function openTrail(options: TrailOptions): Promise<Trail> {
  const unlock = await options.files.lock();
  let hand: Hand | undefined;
  try {
    const parts = { ...options, limits: options.limits ?? DEFAULT_SEGMENT_LIMITS };
    const { signers, retention } = options;
    const recovered = await recoverTrail(parts, signers);
    ({ hand } = recovered);
    if (recovered.cutBytes > 0) await noteCut(hand, recovered.cutBytes);
    if (retention !== undefined) await promiseToKeep(hand, retention);
    return createTrail(hand, unlock);
  } catch (error) {
    if (hand !== undefined) await releaseFile(hand);
    await unlock();
    throw error;
  }
}

async function noteCut(hand: Hand, cutBytes: number): Promise<void> {
  await commitEntries(hand, [noteEntry({ cutBytes }, hand.clock.nowMs())]);
}

async function promiseToKeep(hand: Hand, wanted: Retention): Promise<void> {
  const held = hand.end.retention;
  if (held?.keepMs === wanted.keepMs && held.immutable === wanted.immutable) return;
  if (held?.immutable === true && (wanted.keepMs < held.keepMs || !wanted.immutable)) {
    throw new TrailError(
      `the trail promises to keep everything for ${String(held.keepMs)} ms, which nobody may shorten or revoke`,
    );
  }
  hand.end = { ...hand.end, retention: wanted };
  const note = noteEntry({ retention: retentionJson(wanted) }, hand.clock.nowMs());
  await commitEntries(hand, [note]);
}
