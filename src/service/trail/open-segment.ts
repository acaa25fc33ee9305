import type { Retention, TrailPosition } from '../../ports/trail';
import type { TrailCrypto } from '../../ports/trail-keys';
import { writeLine, type LineKind, type Link } from './line';
import { EMPTY_TREE, withLeaf, type MerkleTree } from './merkle';

/** A line that is to be written. Some say where they stand. */
export interface Entry {
  readonly kind: LineKind;
  readonly contentJson: (link: Link) => string;
}

/** Where a new segment hangs. */
export interface ChainEnd {
  /** The number that the next segment gets. */
  readonly segment: number;
  /** What its first line hangs on. */
  readonly link: Link;
  /** The promise that holds. */
  readonly retention: Retention | undefined;
}

/** What is certainly on the disk of the segment that is written to. */
export interface SegmentState {
  readonly number: number;
  /** What the first line hangs on. */
  readonly start: Link;
  /** What the next line hangs on. */
  readonly next: Link;
  readonly last: TrailPosition | undefined;
  readonly count: number;
  readonly bytes: number;
  readonly tree: MerkleTree;
  readonly openedAtMs: number;
}

/** A segment without lines. */
export function emptySegment({ segment, link }: ChainEnd, openedAtMs: number): SegmentState {
  return {
    ...{ number: segment, start: link, next: link, last: undefined },
    ...{ count: 0, bytes: 0, tree: EMPTY_TREE, openedAtMs },
  };
}

/** Lines to write, where each one stands, and what the segment is once they are on the disk. */
export interface Addition {
  readonly bytes: Uint8Array;
  readonly positions: readonly TrailPosition[];
  readonly state: SegmentState;
}

/** Chains entries to a segment. Nothing is written yet. */
export function chainEntries(
  before: SegmentState,
  entries: readonly Entry[],
  crypto: TrailCrypto,
): Addition {
  const pieces: Uint8Array[] = [];
  const positions: TrailPosition[] = [];
  let { next, tree } = before;
  for (const { kind, contentJson } of entries) {
    const line = writeLine(next, kind, contentJson(next), crypto);
    const { hash } = line;
    pieces.push(...line.pieces);
    positions.push({ sequence: next.sequence, hash });
    tree = withLeaf(tree, hash, crypto);
    next = { sequence: next.sequence + 1, previous: hash };
  }
  const bytes = joined(pieces);
  return { bytes, positions, state: grown(before, { bytes, positions, next, tree }) };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function grown(
  before: SegmentState,
  added: Pick<Addition, 'bytes' | 'positions'> & Pick<SegmentState, 'next' | 'tree'>,
): SegmentState {
  const { bytes, positions, next, tree } = added;
  return {
    ...before,
    ...{ next, tree },
    last: positions.at(-1) ?? before.last,
    count: before.count + positions.length,
    bytes: before.bytes + bytes.length,
  };
}
