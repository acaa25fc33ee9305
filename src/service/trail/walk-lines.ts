import type { Retention, TrailPosition } from '../../ports/trail';
import type { TrailCrypto } from '../../ports/trail-keys';
import { readLine, type Line } from './line';
import { lineSpans } from './line-spans';
import { EMPTY_TREE, withLeaf, type MerkleTree } from './merkle';
import { promiseIn } from './seal';
import type { TrailCode } from './trail-codes';

/** What the next line must hang on. Undefined: what came before is damaged, so that nobody can say. */
export interface Expected {
  readonly sequence: number | undefined;
  readonly previous: string | undefined;
}

/** What is at the end of a file behind its last line end. */
export interface TornEnd {
  /** Where it begins, in bytes. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** The lines of one segment, as far as they can be read. */
export interface WalkedLines {
  /** How many there are, readable or not. */
  readonly count: number;
  readonly first: number | undefined;
  readonly last: TrailPosition | undefined;
  readonly tree: MerkleTree;
  /** Of the whole file. */
  readonly bytes: number;
  readonly next: Expected;
  /** The last change of keys, and its line, from 1. */
  readonly rotation: { readonly line: Line; readonly number: number } | undefined;
  /** What the last note about it promises. Absent: no note here is about it. */
  readonly promise: { readonly retention: Retention | undefined } | undefined;
  readonly torn: TornEnd | undefined;
  /** False: there is a finding. */
  readonly isSound: boolean;
}

/** Told of every line that is in order, with its number from 1 in the file, and of every finding. */
export interface LineListener {
  readonly onLine: (line: Line, number: number) => void;
  readonly onFinding: (code: TrailCode, line: number, sequence: number | undefined) => void;
}

/** Walks over all lines of a segment, each of which must follow the one before. */
export function walkLines(
  bytes: Uint8Array,
  start: Expected,
  crypto: TrailCrypto,
  listener: LineListener,
): WalkedLines {
  let walked = nothingWalked(start, bytes.length);
  let offset = 0;
  for (const { from, to } of lineSpans(bytes)) {
    walked = withLine(walked, bytes.subarray(from, to), crypto, listener);
    offset = to + 1;
  }
  if (offset === bytes.length) return walked;
  listener.onFinding('incomplete_line', walked.count + 1, walked.next.sequence);
  return { ...walked, torn: { offset, bytes: bytes.subarray(offset) }, isSound: false };
}

function nothingWalked(next: Expected, bytes: number): WalkedLines {
  return {
    ...{ bytes, count: 0, first: undefined, last: undefined, tree: EMPTY_TREE, next },
    ...{ rotation: undefined, promise: undefined, torn: undefined, isSound: true },
  };
}

function withLine(
  walked: WalkedLines,
  bytes: Uint8Array,
  crypto: TrailCrypto,
  { onLine, onFinding }: LineListener,
): WalkedLines {
  const { next } = walked;
  const number = walked.count + 1;
  const read = readLine(bytes, crypto);
  if ('problem' in read) {
    onFinding(read.problem, number, next.sequence);
    return { ...walked, count: number, next: behindDamage(next), isSound: false };
  }
  const { line } = read;
  const problem = misfitOf(line, next);
  if (problem === undefined) onLine(line, number);
  else onFinding(problem, number, next.sequence ?? line.sequence);
  return {
    ...takeIn(walked, line, number, crypto),
    isSound: walked.isSound && problem === undefined,
  };
}

function misfitOf(line: Line, { sequence, previous }: Expected): TrailCode | undefined {
  if (sequence !== undefined && line.sequence !== sequence) return 'wrong_sequence';
  return previous === undefined || line.previous === previous ? undefined : 'wrong_link';
}

function takeIn(walked: WalkedLines, line: Line, number: number, crypto: TrailCrypto): WalkedLines {
  const isNote = line.kind === 'note' && line.content['retention'] !== undefined;
  return {
    ...walked,
    count: number,
    first: walked.first ?? line.sequence,
    last: { sequence: line.sequence, hash: line.hash },
    tree: withLeaf(walked.tree, line.hash, crypto),
    next: { sequence: line.sequence + 1, previous: line.hash },
    rotation: line.kind === 'rotation' ? { line, number } : walked.rotation,
    promise: (isNote ? promiseIn(line.content['retention']) : undefined) ?? walked.promise,
  };
}

function behindDamage({ sequence }: Expected): Expected {
  return { sequence: sequence === undefined ? undefined : sequence + 1, previous: undefined };
}
