import type { TargetPattern } from '../../core/model/policy';
import type { Report } from '../yaml/report';
import { quote, type Span } from '../yaml/source-text';
import type { LocatedEntry } from './lists';

/** Reports entries that stand twice, and allowed ones that the same policy denies. Both places are named. */
export function checkEntries(report: Report, entries: readonly LocatedEntry[]): void {
  entries.forEach((entry, index) => {
    const twin = entries.slice(0, index).find((other) => isTwin(other, entry));
    if (twin !== undefined) rejectTwin(report, entry, twin);
    if (entry.list.effect !== 'allow') return;
    const denial = entries.find(
      (other) => other.list.effect === 'deny' && covers(other.entry.pattern, entry.entry.pattern),
    );
    if (denial !== undefined) rejectDenied(report, entry, denial);
  });
}

function isTwin(left: LocatedEntry, right: LocatedEntry): boolean {
  if (left.list !== right.list) return false;
  const [one, other] = [left.entry.pattern, right.entry.pattern];
  return covers(one, other) && covers(other, one);
}

/** True if each field of the wider pattern has the same text in the narrower one; case does not count. */
function covers(wider: TargetPattern, narrower: TargetPattern): boolean {
  const fields = Object.entries(narrower) as readonly (readonly [string, string])[];
  const texts = new Map(fields.map(([field, text]) => [field, text.toLowerCase()]));
  return Object.entries(wider).every(
    ([field, text]: readonly [string, string]) => texts.get(field) === text.toLowerCase(),
  );
}

function rejectTwin(report: Report, second: LocatedEntry, first: LocatedEntry): void {
  const message = `the list names ${quote(second.entry.text)} twice, first at ${placeOf(first.at)}`;
  report.error('duplicate_item', second.at, message, {
    help: 'remove one of the two',
    related: { at: first.at, message: 'the first stands here' },
  });
}

function rejectDenied(report: Report, allowed: LocatedEntry, denied: LocatedEntry): void {
  const places = `allowed at ${placeOf(allowed.at)}, denied at ${placeOf(denied.at)}`;
  report.error('contradiction', allowed.at, `${quote(allowed.entry.text)} is ${places}`, {
    help: 'remove the entry that is not meant; as it stands the denial wins',
    related: { at: denied.at, message: 'denied here' },
  });
}

/** `line:column` of a word in the same file. */
export function placeOf(at: Span): string {
  return `${String(at.position.line)}:${String(at.position.column)}`;
}
