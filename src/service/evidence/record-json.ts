import { Recent } from './recent';
import type { RecordedDecision } from './recorded-decision';

/** Texts kept in each of two generations, and the UTF-16 units of one that is kept: some 30 MB in all. */
const MAX_TEXTS = 256;
const MAX_TEXT_UNITS = 64 * 1024;

/** The JSON of lists that many records share, which are those that are frozen. */
const TEXTS = new Recent<object, string>(MAX_TEXTS);

/** What `JSON.stringify` makes of a record. Most of its bytes are lists that were written for another one before. */
export function recordJson(record: RecordedDecision): string {
  const { request } = record;
  return objectJson(record, new Map([['request', objectJson(request, new Map())]]));
}

/** `written` are values that have their JSON already. */
function objectJson(object: object, written: ReadonlyMap<string, string>): string {
  const parts = Object.entries(object).map(
    ([key, value]: [string, unknown]) => `"${key}":${written.get(key) ?? valueJson(value)}`,
  );
  return `{${parts.join(',')}}`;
}

function valueJson(value: unknown): string {
  if (!Array.isArray(value) || !Object.isFrozen(value)) return JSON.stringify(value);
  const known = TEXTS.get(value);
  if (known !== undefined) return known;
  const made = JSON.stringify(value);
  if (made.length <= MAX_TEXT_UNITS) TEXTS.set(value, made);
  return made;
}
