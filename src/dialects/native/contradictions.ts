import type { Report } from '../yaml/report';
import { quote, type Span } from '../yaml/source-text';
import type { LocatedEntry } from './lists';

/**
 * Reports entries that stand twice, and allowed ones that the same policy denies. Both places are named. Each
 * entry is looked up by what it names, so that long lists take no longer than reading them. In a policy that is
 * another system's, where what is disabled beats what is listed, the second is worth knowing and no error.
 */
export function checkEntries(
  report: Report,
  entries: readonly LocatedEntry[],
  isForeign: boolean,
): void {
  const denials = new Map<string, LocatedEntry>();
  for (const entry of entries) {
    const key = keyOf(fieldsOf(entry));
    if (entry.list.effect === 'deny' && !denials.has(key)) denials.set(key, entry);
  }
  const seen = new Map<string, LocatedEntry>();
  for (const entry of entries) {
    const fields = fieldsOf(entry);
    const key = `${entry.list.subject} ${entry.list.effect} ${keyOf(fields)}`;
    const twin = seen.get(key);
    if (twin === undefined) seen.set(key, entry);
    else rejectTwin(report, entry, twin);
    const denial = entry.list.effect === 'allow' ? findDenial(denials, fields) : undefined;
    if (denial !== undefined) tellDenied(report, { allowed: entry, denied: denial, isForeign });
  }
}

/** What a pattern names, field by field, in one order; case does not count. */
function fieldsOf({ entry }: LocatedEntry): readonly string[] {
  return Object.entries(entry.pattern)
    .map(([field, text]: readonly [string, string]) => `${field}=${text.toLowerCase()}`)
    .toSorted();
}

/** Names hold no spaces, so that different fields have different keys. */
function keyOf(fields: readonly string[]): string {
  return fields.join(' ');
}

/** A denial covers what names all of its fields, so each choice of the fields is looked up: 63 at most. */
function findDenial(
  denials: ReadonlyMap<string, LocatedEntry>,
  fields: readonly string[],
): LocatedEntry | undefined {
  if (denials.size === 0) return undefined;
  const choices = 2 ** fields.length;
  for (let choice = 1; choice < choices; choice += 1) {
    const chosen = fields.filter((_, index) => (choice & (1 << index)) !== 0);
    const denial = denials.get(keyOf(chosen));
    if (denial !== undefined) return denial;
  }
  return undefined;
}

function rejectTwin(report: Report, second: LocatedEntry, first: LocatedEntry): void {
  const message = `the list names ${quote(second.entry.text)} twice, first at ${placeOf(first.at)}`;
  report.error('duplicate_item', second.at, message, {
    help: 'remove one of the two',
    related: { at: first.at, message: 'the first stands here' },
  });
}

function tellDenied(
  report: Report,
  {
    allowed,
    denied,
    isForeign,
  }: { readonly allowed: LocatedEntry; readonly denied: LocatedEntry; readonly isForeign: boolean },
): void {
  const places = `allowed at ${placeOf(allowed.at)}, denied at ${placeOf(denied.at)}`;
  const message = `${quote(allowed.entry.text)} is ${places}`;
  const details = {
    help: 'remove the entry that is not meant; as it stands the denial wins',
    related: { at: denied.at, message: 'denied here' },
  };
  if (isForeign) report.notice('contradiction', allowed.at, message, details);
  else report.error('contradiction', allowed.at, message, details);
}

/** `line:column` of a word in the same file. */
export function placeOf(at: Span): string {
  return `${String(at.position.line)}:${String(at.position.column)}`;
}
