import type { Sha256 } from '../../ports/trail-keys';
import { readLine } from './line';
import type { TrailHead } from './line';

/** Codes of what can be wrong with lines. */
export type LineCode = 'unreadable_line' | 'sequence' | 'broken_chain' | 'torn_line';

/** What is wrong, and with which line of the file, from 1. */
export interface LineFault {
  readonly code: LineCode;
  readonly line: number;
  readonly problem: string;
}

/** The lines of a segment, as far as they hold together. */
export interface SegmentReading {
  readonly hashes: readonly string[];
  readonly head: TrailHead;
  /** Bytes up to the end of the last good line. */
  readonly goodBytes: number;
  readonly fault?: LineFault;
}

const LINE_END = 0x0a;

/** Reads the lines behind a head. What follows the first fault is not looked at: nothing ties it to what was before. */
export function readSegment(bytes: Uint8Array, before: TrailHead, sha256: Sha256): SegmentReading {
  const hashes: string[] = [];
  let [head, start] = [before, 0];
  while (start < bytes.length) {
    const end = bytes.indexOf(LINE_END, start);
    const fault = end === -1 ? TORN : faultOf(bytes.subarray(start, end), head, sha256);
    if ('code' in fault) {
      return { hashes, head, goodBytes: start, fault: { ...fault, line: hashes.length + 1 } };
    }
    head = fault;
    hashes.push(head.hash);
    start = end + 1;
  }
  return { hashes, head, goodBytes: start };
}

const TORN = { code: 'torn_line', problem: 'it has no end' } as const;

/** The head that a line makes, or what is wrong with it. */
function faultOf(
  bytes: Uint8Array,
  { sequence, hash }: TrailHead,
  sha256: Sha256,
): TrailHead | Omit<LineFault, 'line'> {
  const line = readLine(decode(bytes), sha256);
  if ('problem' in line) return { code: 'unreadable_line', problem: line.problem };
  if (line.sequence !== sequence + 1) {
    const problem = `it has the number ${String(line.sequence)}, and ${String(sequence + 1)} is next`;
    return { code: 'sequence', problem };
  }
  if (line.previous !== hash) {
    return { code: 'broken_chain', problem: 'it does not follow the line before it' };
  }
  return { sequence: line.sequence, hash: line.hash };
}

/** Bytes that are no UTF-8 give a text with another hash. */
function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
