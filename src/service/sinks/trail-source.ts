import type { SinkRecord } from '../../ports/record-sink';
import type { RecordSource } from '../../ports/record-source';
import type { Trail } from '../../ports/trail';
import type { TrailReader } from '../../ports/trail-files';
import type { AppendSignal } from './append-signal';
import { findSegment } from './find-segment';
import { createLinePlaces, type LinePlaces } from './line-places';
import { takeLines, type LineText, type TakenLines, type WantedLines } from './read-lines';

/** What a source of a trail's lines is made of. */
export interface TrailSourceParts {
  /** What is beyond its head may be cut off again, and is not given. */
  readonly trail: Pick<Trail, 'head'>;
  readonly reader: TrailReader;
  /** Names the trail in the ids of its lines. */
  readonly id: string;
  readonly appended: Pick<AppendSignal, 'onAppended'>;
}

/**
 * The lines of a trail, of every kind, as its files have them; a line's number is that of the record. Many may read at
 * once. It holds one chunk of a file for each, and reads from where they were before.
 */
export function createTrailSource(parts: TrailSourceParts): RecordSource {
  const { trail, reader, id, appended } = parts;
  const places = createLinePlaces();
  const head = (): number => trail.head()?.sequence ?? 0;
  const recordOf = ({ sequence, text }: LineText): SinkRecord => {
    return { sequence, id: `${id}:${String(sequence)}`, json: text };
  };
  return {
    get head() {
      return head();
    },
    readFrom: async (sequence, max) => {
      const wanted = { first: sequence, last: head(), max };
      return wanted.last < sequence ? [] : (await takeWanted(reader, places, wanted)).map(recordOf);
    },
    onAppended: (listener) => appended.onAppended(listener),
  };
}

async function takeWanted(
  reader: TrailReader,
  places: LinePlaces,
  wanted: WantedLines,
): Promise<readonly LineText[]> {
  const taken = (await takeKnown(reader, places, wanted)) ?? (await takeFound(reader, wanted));
  const last = taken?.lines.at(-1);
  if (taken === undefined || last === undefined) return [];
  places.keep(wanted.first, taken.start);
  places.keep(last.sequence + 1, taken.end);
  return taken.lines;
}

/** Undefined: nobody knows the place, the line stands in the next segment, or its segment was removed meanwhile. */
async function takeKnown(
  reader: TrailReader,
  places: LinePlaces,
  wanted: WantedLines,
): Promise<TakenLines | undefined> {
  const place = places.placeOf(wanted.first);
  if (place === undefined) return undefined;
  try {
    const taken = await takeLines(reader, place, wanted);
    return taken.lines.length > 0 ? taken : undefined;
  } catch {
    // Looking for it anew says what is wrong, if anything is.
    return undefined;
  }
}

async function takeFound(
  reader: TrailReader,
  wanted: WantedLines,
): Promise<TakenLines | undefined> {
  const file = await findSegment(reader, wanted.first);
  return file === undefined ? undefined : takeLines(reader, { file, offset: 0 }, wanted);
}
