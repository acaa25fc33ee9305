import { TrailError } from '../../ports/trail-error';
import type { TrailReader } from '../../ports/trail-files';
import { linesFile } from './file-names';
import { lineSpans } from './line-spans';

/** Most bytes of the lines of one segment; the writer seals long before. */
const MAX_SEGMENT_BYTES = 512 * 1024 * 1024;

/** Most lines of one segment. The writer seals at a tenth of that, and adds at most two tenths at once. */
const MAX_SEGMENT_LINES = 100_000;

/**
 * The bytes of a segment's lines. Rejects for what no writer leaves: half a gigabyte of empty lines is quickly made, and
 * would keep whoever looks at each of them for minutes.
 */
export async function readSegment(reader: TrailReader, segment: number): Promise<Uint8Array> {
  const file = linesFile(segment);
  const bytes = await reader.read(file, MAX_SEGMENT_BYTES);
  const lines = lineSpans(bytes);
  for (let count = 0; lines.next().done !== true; count += 1) {
    if (count === MAX_SEGMENT_LINES) {
      throw new TrailError(`\`${file}\` has more than ${String(MAX_SEGMENT_LINES)} lines`);
    }
  }
  return bytes;
}
