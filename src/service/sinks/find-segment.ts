import type { TrailReader } from '../../ports/trail-files';
import { linesFile, segmentsIn } from '../trail/file-names';
import { firstSequence } from './read-lines';

/**
 * The file in which a line must stand, if it is there at all; the first one that is left for a line that was removed;
 * undefined: there are no lines. Reads the beginnings of a few files only.
 */
export async function findSegment(
  reader: TrailReader,
  sequence: number,
): Promise<string | undefined> {
  const files = segmentsIn(await reader.list())
    .filter(({ hasLines }) => hasLines)
    .map(({ number }) => linesFile(number));
  let low = 0;
  let high = files.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const first = await firstSequence(reader, files[middle] ?? '');
    if (first !== undefined && first <= sequence) low = middle;
    else high = middle - 1;
  }
  return files[low];
}
