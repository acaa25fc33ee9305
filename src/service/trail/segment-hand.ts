import type { Clock } from '../../ports/clock';
import type { TrailPosition } from '../../ports/trail';
import type { AppendFile, TrailFiles } from '../../ports/trail-files';
import type { TrailCrypto, TrailSigner } from '../../ports/trail-keys';
import type { ChainEnd, SegmentState } from './open-segment';
import { TrailLost } from './trail-error';

/** When a segment is sealed, whichever comes first. */
export interface SegmentLimits {
  readonly maxLines: number;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/** What the writer of a trail works with. */
export interface WriterParts {
  readonly files: TrailFiles;
  readonly crypto: TrailCrypto;
  readonly clock: Clock;
  readonly limits: SegmentLimits;
  /** Called after lines were added, when whoever waits for them knows it. It must not throw. */
  readonly onCommitted?: () => void;
}

/** What the writer of a trail knows of it. */
export interface Hand extends WriterParts {
  /** Where the next segment hangs. */
  end: ChainEnd;
  /** The key in force. */
  signer: TrailSigner;
  /** What is certain of the segment that is written to; undefined: none is. */
  state: SegmentState | undefined;
  /** Its file, while it is open. */
  file: AppendFile | undefined;
  /** The last line of the trail that is on the disk. */
  last: TrailPosition | undefined;
  /** Something has failed: the most bytes that the file can have by our doing. Undefined: it has what is certain. */
  unsureBytes: number | undefined;
  /** Why nothing may be written any more. */
  lost: TrailLost | undefined;
}

/** Lets go of the file. What was synced is on the disk, whatever closing says. */
export async function releaseFile(hand: Hand): Promise<void> {
  const { file } = hand;
  hand.file = undefined;
  await file?.close().catch(() => undefined);
}

/** Throws if the file does not have exactly these bytes: then it is not only ours. */
export async function expectSize(file: AppendFile, bytes: number): Promise<void> {
  if ((await file.size()) === bytes) return;
  throw new TrailLost('something else writes to the trail, so that nothing more is written to it');
}
