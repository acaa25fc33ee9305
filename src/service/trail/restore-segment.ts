import { linesFile } from './file-names';
import { emptySegment, type SegmentState } from './open-segment';
import { sealSegment } from './seal-segment';
import { releaseFile, type Hand, type WriterParts } from './segment-hand';
import { TrailLost } from './trail-error';
import { walkLines } from './walk-lines';
import { readSegment } from './read-segment';

const IGNORED = { onLine: () => undefined, onFinding: () => undefined };

/**
 * After a failure nobody knows what the file holds. It is cut to what is certain, read again, and left: what follows
 * stands in a new segment. Throws where that fails, and then is tried again before anything else is written.
 */
export async function restoreSegment(hand: Hand): Promise<void> {
  if (hand.lost !== undefined) throw hand.lost;
  if (hand.unsureBytes === undefined) return;
  await releaseFile(hand);
  const state = hand.state ?? emptySegment(hand.end, 0);
  await cutToCertain(hand, state, hand.unsureBytes);
  if (state.count === 0) {
    await hand.files.remove(linesFile(state.number));
    await hand.files.syncDirectory();
    hand.state = undefined;
  } else {
    await expectLines(hand, state);
    await sealSegment(hand);
  }
  hand.unsureBytes = undefined;
}

async function cutToCertain(
  { files }: WriterParts,
  { number, bytes }: SegmentState,
  unsureBytes: number,
): Promise<void> {
  const file = await files.openAppend(linesFile(number));
  try {
    const size = await file.size();
    if (size < bytes || size > unsureBytes) throw changed(number);
    await file.truncate(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function expectLines({ files, crypto }: WriterParts, state: SegmentState): Promise<void> {
  const { number, start, last } = state;
  const bytes = await readSegment(files, number);
  const walked = walkLines(bytes, start, crypto, IGNORED);
  if (!walked.isSound || walked.last?.hash !== last?.hash) throw changed(number);
}

function changed(segment: number): TrailLost {
  return new TrailLost(`\`${linesFile(segment)}\` is not what was written to it`);
}
