import type { LinePlace } from '../../ports/log-lines';
import type { TrailReader } from '../../ports/trail-files';
import type { TrailCrypto } from '../../ports/trail-keys';
import { linesFile, sealFile, segmentsIn, type SegmentFiles } from './file-names';
import { readLine, type Line } from './line';
import { lineSpans } from './line-spans';
import { readSeal } from './seal';
import { MAX_DOCUMENT_BYTES } from './signed-document';
import type { TrailCode } from './trail-codes';
import { readSegment } from './read-segment';

/** Why something that stands in a trail is no line. */
export type UnreadableCode = Extract<
  TrailCode,
  'malformed_line' | 'wrong_hash' | 'incomplete_line'
>;

/** A line of a trail, or why there is none at its place. */
export type TrailEntry = { readonly place: LinePlace } & (
  { readonly line: Line } | { readonly problem: UnreadableCode }
);

/** A trail that is read without being proven. */
export interface TrailSource {
  readonly reader: TrailReader;
  readonly crypto: TrailCrypto;
  /** Lines before this one are left out; absent: none. */
  readonly fromSequence?: number;
}

/**
 * All lines that a trail has, in order, one segment in memory at a time. Each line has the hash that it states; that
 * it follows the one before, and that anybody signed it, is for `verifyTrail` to say. Segments whose lines were removed
 * have none. Rejects where a file cannot be read.
 */
export async function* readTrail(source: TrailSource): AsyncGenerator<TrailEntry, void, undefined> {
  const { reader, fromSequence = 1 } = source;
  for (const files of segmentsIn(await reader.list())) {
    if (!files.hasLines || (await endsBefore(fromSequence, files, source))) continue;
    const name = linesFile(files.number);
    const bytes = await readSegment(reader, files.number);
    for (const entry of linesOf(name, bytes, source.crypto)) {
      if (!('line' in entry) || entry.line.sequence >= fromSequence) yield entry;
    }
  }
}

/** True if the seal says that all lines stand before the one that is wanted first. */
async function endsBefore(
  fromSequence: number,
  { number, hasSeal }: SegmentFiles,
  { reader, crypto }: TrailSource,
): Promise<boolean> {
  if (!hasSeal || fromSequence === 1) return false;
  const read = readSeal(await reader.read(sealFile(number), MAX_DOCUMENT_BYTES), crypto);
  return 'seal' in read && read.seal.last.sequence < fromSequence;
}

function* linesOf(
  file: string,
  bytes: Uint8Array,
  crypto: TrailCrypto,
): Generator<TrailEntry, void, undefined> {
  let offset = 0;
  let line = 0;
  for (const { from, to } of lineSpans(bytes)) {
    line += 1;
    yield { place: { file, line }, ...readLine(bytes.subarray(from, to), crypto) };
    offset = to + 1;
  }
  if (offset < bytes.length) yield { place: { file, line: line + 1 }, problem: 'incomplete_line' };
}
