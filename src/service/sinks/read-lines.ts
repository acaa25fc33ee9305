import type { TrailReader } from '../../ports/trail-files';
import { lineSpans } from '../trail/line-spans';
import { textOf } from '../trail/signed-document';
import { MAX_RECORD_BYTES } from '../trail/line';
import type { LineStart } from './line-places';

/** Bytes that are read at once: the longest line fits, with what is around its record. */
const CHUNK_BYTES = MAX_RECORD_BYTES + 4096;

/** Bytes of lines that are taken together, so that a feed need not cut what it is given. */
const MAX_TAKEN_BYTES = 1_000_000;

/** Bytes in which a line states its number. */
const HEAD_BYTES = 32;

/** Which lines are wanted. */
export interface WantedLines {
  /** The number of the first one. */
  readonly first: number;
  /** The number of the last one that is certain: what stands behind it may be cut off again. */
  readonly last: number;
  readonly max: number;
}

/** A line as its file has it. */
export interface LineText {
  readonly sequence: number;
  /** Without its end. */
  readonly text: string;
}

/** Lines, and where the first of them and the one behind them begin. */
export interface TakenLines {
  readonly lines: readonly LineText[];
  readonly start: LineStart;
  readonly end: LineStart;
}

/** The wanted lines that a file has behind a place, as many as one chunk holds; none: it has none of them. */
export async function takeLines(
  reader: TrailReader,
  place: LineStart,
  wanted: WantedLines,
): Promise<TakenLines> {
  const { file } = place;
  for (let { offset } = place; ;) {
    const bytes = await reader.readFrom(file, offset, CHUNK_BYTES);
    const taken = takeFrom(bytes, { file, offset }, wanted);
    if (taken.lines.length > 0 || taken.end.offset === offset) return taken;
    ({ offset } = taken.end);
  }
}

/** The number of the first line of a file; undefined: there is none yet. */
export async function firstSequence(
  reader: TrailReader,
  file: string,
): Promise<number | undefined> {
  const bytes = await reader.readFrom(file, 0, HEAD_BYTES);
  return bytes.length < HEAD_BYTES ? undefined : sequenceAt(bytes, { file, offset: 0 });
}

function takeFrom(bytes: Uint8Array, place: LineStart, wanted: WantedLines): TakenLines {
  const { file, offset } = place;
  const lines: LineText[] = [];
  let start = 0;
  let next = 0;
  const spans = [...lineSpans(bytes)];
  if (spans.length === 0 && bytes.length === CHUNK_BYTES) throw noLine(place);
  for (const { from, to } of spans) {
    const at = { file, offset: offset + from };
    const sequence = sequenceAt(bytes.subarray(from, to), at);
    const isFull = lines.length === wanted.max || to - start > MAX_TAKEN_BYTES;
    if (sequence > wanted.last || (lines.length > 0 && isFull)) break;
    next = to + 1;
    if (sequence >= wanted.first)
      lines.push({ sequence, text: textAt(bytes.subarray(from, to), at) });
    else start = next;
  }
  return { lines, start: { file, offset: offset + start }, end: { file, offset: offset + next } };
}

function sequenceAt(line: Uint8Array, place: LineStart): number {
  const head = new TextDecoder('latin1').decode(line.subarray(0, HEAD_BYTES));
  const [, digits] = /^\{"seq":(\d{1,16}),/u.exec(head) ?? [];
  if (digits === undefined) throw noLine(place);
  return Number(digits);
}

function textAt(line: Uint8Array, place: LineStart): string {
  const text = textOf(line);
  if (text === undefined) throw noLine(place);
  return text;
}

function noLine({ file, offset }: LineStart): Error {
  return new Error(`\`${file}\` has at byte ${String(offset)} what is no line of a trail`);
}
