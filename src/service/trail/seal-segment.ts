import type { TrailSigner } from '../../ports/trail-keys';
import { sealFile } from './file-names';
import { rootOf } from './merkle';
import type { SegmentState } from './open-segment';
import { writeSeal } from './seal';
import { releaseFile, type Hand } from './segment-hand';
import { writeWhole } from './write-whole';

/** Seals the segment that is written to, if it has lines. `next` signs what follows; absent: the same key does. */
export async function sealSegment(hand: Hand, next: TrailSigner = hand.signer): Promise<void> {
  const { state } = hand;
  if (state === undefined || state.count === 0) return;
  const { text, hash } = sealOf(hand, state, next);
  // Should it fail, nothing may be added behind what may have been sealed.
  hand.unsureBytes ??= state.bytes;
  await writeWhole(hand.files, sealFile(state.number), text);
  await releaseFile(hand);
  hand.state = undefined;
  hand.unsureBytes = undefined;
  hand.signer = next;
  const link = { sequence: state.next.sequence, previous: hash };
  hand.end = { ...hand.end, segment: state.number + 1, link };
}

function sealOf({ signer, crypto, clock, end }: Hand, state: SegmentState, next: TrailSigner) {
  const { number: segment, start, last, bytes, tree } = state;
  if (last === undefined) throw new Error('a segment without lines has no seal');
  const lines = {
    ...{ segment, first: start.sequence, last, root: rootOf(tree, crypto), bytes },
    ...{ previous: start.previous, atMs: clock.nowMs(), retention: end.retention },
    nextKey: next.publicKey === signer.publicKey ? undefined : next.publicKey,
  };
  return writeSeal(lines, signer, crypto);
}
