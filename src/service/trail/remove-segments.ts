import { TrailError } from '../../ports/trail-error';
import type { Retention } from '../../ports/trail';
import { linesFile, sealFile, segmentsIn, tombstoneFile } from './file-names';
import { readSeal, type Seal } from './seal';
import type { Hand } from './segment-hand';
import { MAX_DOCUMENT_BYTES } from './signed-document';
import { writeTombstone } from './tombstone';
import { writeWhole } from './write-whole';

/** Which segments go, and what their tombstones say of it. */
export interface Removal {
  readonly reason: string;
  /** Asked for one segment after the other, from the first that has lines; the first `false` ends it. */
  readonly isDue: (seal: Seal) => boolean;
}

/** Removes the lines of sealed segments, the oldest first. Seals stay, and a tombstone says that it was us. */
export async function removeSegments(hand: Hand, { reason, isDue }: Removal): Promise<void> {
  const { files, crypto, signer, clock } = hand;
  for (const { number, hasLines, hasSeal } of segmentsIn(await files.list())) {
    if (!hasLines) continue;
    const seal = hasSeal ? await sealAt(hand, number) : undefined;
    if (seal === undefined || !isDue(seal)) return;
    const text = writeTombstone(seal, { reason, atMs: clock.nowMs() }, signer, crypto);
    await writeWhole(files, tombstoneFile(number), text);
    await files.remove(linesFile(number));
    await files.syncDirectory();
  }
}

/** Ends what a crash has left half done: a segment with a tombstone has no lines. */
export async function finishRemovals({ files }: Hand): Promise<void> {
  const left = segmentsIn(await files.list()).filter((each) => each.hasTombstone && each.hasLines);
  for (const { number } of left) await files.remove(linesFile(number));
  if (left.length > 0) await files.syncDirectory();
}

/** Throws if a segment that is not due yet, and whose time nobody may shorten, would be removed with the others. */
export async function expectRemovable(hand: Hand, through: number): Promise<void> {
  const segments = segmentsIn(await hand.files.list());
  for (const { number, hasLines, hasSeal } of segments) {
    if (!hasLines || number > through) continue;
    const seal = hasSeal ? await sealAt(hand, number) : undefined;
    if (seal === undefined) throw new TrailError(`segment ${String(number)} is not sealed`);
    if (seal.retention?.immutable === true && !isOver(seal, seal.retention, hand.clock.nowMs())) {
      throw new TrailError(
        `segment ${String(number)} is kept by a promise that nobody may shorten`,
      );
    }
  }
}

/** True if both the time that was promised and the one that holds now are over; without a time nothing is. */
export function isDueUnder(now: Retention | undefined, nowMs: number): (seal: Seal) => boolean {
  return (seal) => {
    const { retention } = seal;
    if (now === undefined || !isOver(seal, now, nowMs)) return false;
    return retention?.immutable !== true || isOver(seal, retention, nowMs);
  };
}

function isOver({ atMs }: Seal, { keepMs }: Retention, nowMs: number): boolean {
  return nowMs >= atMs + keepMs;
}

async function sealAt({ files, crypto }: Hand, segment: number): Promise<Seal> {
  const read = readSeal(await files.read(sealFile(segment), MAX_DOCUMENT_BYTES), crypto);
  if ('seal' in read) return read.seal;
  throw new TrailError(`\`${sealFile(segment)}\` is not what was written`);
}
