import type { Retention, TrailPosition } from '../../ports/trail';
import type { LinePlace } from '../../ports/log-lines';
import type { TrailReader } from '../../ports/trail-files';
import type { TrailCrypto } from '../../ports/trail-keys';
import type { KeyRing } from './key-ring';
import type { Line } from './line';
import type { Seal } from './seal';
import type { TrailFindings } from './trail-codes';
import type { Expected, WalkedLines } from './walk-lines';

/** A tombstone whose key can only be judged when all keys are known. */
export interface FoundTombstone {
  readonly file: string;
  readonly segment: number;
  readonly first: number;
  /** False: the lines are gone, as it says. */
  readonly hasLines: boolean;
  /** What was proven in front of the segment. */
  readonly provenBefore: Proven | undefined;
  /** Who signed the segment. */
  readonly sealedBy: string;
  /** Who signed that it was removed. */
  readonly removedBy: string;
}

/** The end of a segment up to which everything is in order and signed. */
export interface Proven extends TrailPosition {
  readonly segment: number;
}

/** What a walk over a trail needs. */
export interface WalkOptions {
  readonly reader: TrailReader;
  readonly crypto: TrailCrypto;
  /** Public keys that a trail may begin with. */
  readonly keys: readonly string[];
  /** True: whatever key signed the first seal is taken as one of them. */
  readonly trustsFirstSeal: boolean;
  /** False: of sealed segments before the last two only the seal is read, and the size of the lines. */
  readonly readsAllLines: boolean;
  readonly onLine?: (line: Line, place: LinePlace) => void;
  readonly onSeal?: (seal: Seal, hasLines: boolean) => void;
}

/** The last segment, where it has no seal yet. */
export interface UnsealedEnd {
  readonly segment: number;
  readonly lines: WalkedLines;
  /** Where its first line hangs. */
  readonly start: Expected;
}

/** What is known after the segments walked so far. */
export interface Course {
  readonly options: WalkOptions;
  readonly findings: TrailFindings;
  readonly ring: KeyRing;
  readonly tombstones: FoundTombstone[];
  /** Segments whose lines were removed, as somebody has signed who may. */
  readonly removed: Set<number>;
  counts: { segments: number; lines: number };
  /** The number of the segment that comes next. */
  segment: number;
  next: Expected;
  /** The last seal that is in order. */
  seal: Seal | undefined;
  proven: Proven | undefined;
  retention: Retention | undefined;
  unsealed: UnsealedEnd | undefined;
}
