import type { LinePlace } from '../../ports/log-lines';
import type { TrailReader } from '../../ports/trail-files';
import { linesFile, segmentsIn } from './file-names';
import { readTrail, type TrailEntry, type TrailSource } from './read-trail';

/** Readings that may fail in a row: a segment may be removed between being listed and being read. */
const MAX_FAILURES = 5;

/** A trail that is read while it is written. */
export interface FollowedTrail extends Omit<TrailSource, 'fromSequence'> {
  /** Resolves when it is time to look again; false: the last lines have been asked for. */
  readonly next: () => Promise<boolean>;
}

/**
 * All lines that a trail has, each once, and those that are added while it is followed, across segments. A line at the
 * very end that is not whole yet is left out until it is, or until others follow it. Rejects where the trail cannot
 * be read, and goes on not to be.
 */
export async function* followTrail(
  trail: FollowedTrail,
): AsyncGenerator<TrailEntry, void, undefined> {
  let place: LinePlace = { file: '', line: 0 };
  let seen = '';
  let failures = 0;
  do {
    try {
      const reader = fromSegmentOf(place, trail.reader);
      const found = await stampOf(reader);
      if (found === seen) continue;
      for await (const entry of newEntries({ ...trail, reader }, place)) {
        yield entry;
        place = entry.place;
      }
      // A stamp that is older than what was read only has it read once more.
      seen = found;
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures > MAX_FAILURES) throw error;
    }
  } while (await trail.next());
  if (failures > 0) throw new Error('the trail cannot be read');
}

/** Segments before the one that was read last are done with. */
function fromSegmentOf({ file }: LinePlace, reader: TrailReader): TrailReader {
  const list = async (): Promise<readonly string[]> => {
    const names = await reader.list();
    return names.filter((name) => numberOf(name) >= numberOf(file));
  };
  return { ...reader, list };
}

/** Names sort as their numbers do. */
function numberOf(name: string): string {
  return name.slice(0, name.indexOf('.') + 1);
}

/** Another one whenever lines were added. */
async function stampOf(reader: TrailReader): Promise<string> {
  const last = segmentsIn(await reader.list()).findLast(({ hasLines }) => hasLines);
  if (last === undefined) return '';
  const name = linesFile(last.number);
  return `${name} ${String(await reader.size(name))}`;
}

async function* newEntries(
  source: TrailSource,
  after: LinePlace,
): AsyncGenerator<TrailEntry, void, undefined> {
  let torn: TrailEntry | undefined;
  for await (const entry of readTrail(source)) {
    if (!isBehind(entry.place, after)) continue;
    if (torn !== undefined) yield torn;
    torn = isTorn(entry) ? entry : undefined;
    if (torn === undefined) yield entry;
  }
}

function isTorn(entry: TrailEntry): boolean {
  return 'problem' in entry && entry.problem === 'incomplete_line';
}

function isBehind(place: LinePlace, other: LinePlace): boolean {
  return place.file === other.file ? place.line > other.line : place.file > other.file;
}
