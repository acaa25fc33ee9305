import type { TrailPosition } from '../../ports/trail';
import type { AppendFile } from '../../ports/trail-files';
import { linesFile } from './file-names';
import { chainEntries, emptySegment, type Entry, type SegmentState } from './open-segment';
import { restoreSegment } from './restore-segment';
import { sealSegment } from './seal-segment';
import { expectSize, type Hand } from './segment-hand';
import { TrailLost } from './trail-error';

/**
 * Resolves when all entries are on the disk, with where they stand. A rejection leaves none of them in the trail,
 * unless the process ends before it writes again. Calls must not overlap.
 */
export async function commitEntries(
  hand: Hand,
  entries: readonly Entry[],
): Promise<readonly TrailPosition[]> {
  try {
    await restoreSegment(hand);
    if (isOver(hand)) await sealSegment(hand);
    return await write(hand, entries);
  } catch (error) {
    if (error instanceof TrailLost) hand.lost = error;
    throw error;
  }
}

/** Seals what is written to. Throws where that fails, and then nothing is written until it is done. */
export async function sealNow(hand: Hand): Promise<void> {
  await restoreSegment(hand);
  await sealSegment(hand);
}

/** True if the segment has been written to for long enough. */
export function isOld({ state, clock, limits }: Hand): boolean {
  return state !== undefined && clock.nowMs() - state.openedAtMs >= limits.maxAgeMs;
}

function isOver(hand: Hand): boolean {
  const { state, limits } = hand;
  if (state === undefined) return false;
  return state.count >= limits.maxLines || state.bytes >= limits.maxBytes || isOld(hand);
}

async function write(hand: Hand, entries: readonly Entry[]): Promise<readonly TrailPosition[]> {
  const { file, state } = await openedSegment(hand);
  const addition = chainEntries(state, entries, hand.crypto);
  hand.unsureBytes = addition.state.bytes;
  await file.append(addition.bytes);
  await expectSize(file, addition.state.bytes);
  await file.sync();
  hand.state = addition.state;
  hand.last = addition.state.last;
  hand.unsureBytes = undefined;
  return addition.positions;
}

interface Opened {
  readonly file: AppendFile;
  readonly state: SegmentState;
}

async function openedSegment(hand: Hand): Promise<Opened> {
  if (hand.file !== undefined && hand.state !== undefined) return hand as Hand & Opened;
  const state = emptySegment(hand.end, hand.clock.nowMs());
  // Nothing is certain until the name is on the disk, too.
  hand.unsureBytes = 0;
  const file = await hand.files.openAppend(linesFile(state.number));
  hand.file = file;
  await expectSize(file, 0);
  await hand.files.syncDirectory();
  hand.state = state;
  hand.unsureBytes = undefined;
  return { file, state };
}
