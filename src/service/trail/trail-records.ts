import { TrailError } from '../../ports/trail-error';
import type { GapCounts, MadeRecord } from '../../ports/trail';
import { instantText } from '../json-values';
import { readCanonicalObject } from './canonical-object';
import { MAX_RECORD_BYTES } from './line';
import type { Entry } from './open-segment';

/** Bytes of UTF-8 that one UTF-16 unit becomes at most. */
const MAX_UNIT_BYTES = 3;

/** True if no trail takes the record, whatever its disk does. */
export function isTooLarge(recordJson: string): boolean {
  if (recordJson.length * MAX_UNIT_BYTES <= MAX_RECORD_BYTES) return false;
  return new TextEncoder().encode(recordJson).length > MAX_RECORD_BYTES;
}

/** The line of a record. Throws for a text that readers could understand in two ways. */
export function recordEntry(record: string | MadeRecord): Entry {
  const recordJson = typeof record === 'string' ? record : record.made;
  if (isTooLarge(recordJson)) {
    throw new TrailError(`a record has more than ${String(MAX_RECORD_BYTES)} bytes`);
  }
  if (typeof record === 'string' && readCanonicalObject(record) === undefined) {
    throw new TrailError('a record is not what `JSON.stringify` makes of an object');
  }
  return { kind: 'record', contentJson: () => recordJson };
}

/** The line that says how many records are missing, and why. */
export function gapEntry(counts: GapCounts, atMs: number): Entry {
  const contentJson = JSON.stringify({ at: instantText(atMs), counts });
  return { kind: 'gap', contentJson: () => contentJson };
}

/** A line about the trail itself. */
export function noteEntry(note: Readonly<Record<string, unknown>>, atMs: number): Entry {
  const contentJson = JSON.stringify({ at: instantText(atMs), ...note });
  return { kind: 'note', contentJson: () => contentJson };
}
