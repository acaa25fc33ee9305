import type { ValueReader } from '../yaml/reader';
import { quote } from '../yaml/source-text';

/** Days of a unit, in its longest case: a period is never taken for shorter than it may be. */
const DAYS: ReadonlyMap<string, number> = new Map([
  ['second', 1 / 86_400],
  ['minute', 1 / 1440],
  ['hour', 1 / 24],
  ['day', 1],
  ['week', 7],
  ['month', 31],
  ['year', 366],
]);

const PERIOD = /^(\d{1,6}) (second|minute|hour|day|week|month|year)s?$/u;

/**
 * Reads a period such as `0 days` or `24 hours` as whole days, rounded up. What is not such a period, as `varies by
 * service`, states no days: it is noted, and the retention stays unknown.
 */
export function readRetentionDays(reader: ValueReader): number | undefined {
  const text = reader.text();
  if (text === undefined) return undefined;
  const [, count, unit = ''] = PERIOD.exec(text.value.toLowerCase()) ?? [];
  const days = DAYS.get(unit);
  if (count !== undefined && days !== undefined) return Math.ceil(Number(count) * days);
  reader.report.notice(
    'no_meaning_for_eligibility',
    text,
    `${reader.name} is ${quote(text.value)}, which states no number of days: retention stays unknown`,
    { help: 'write a period, such as `30 days`' },
  );
  return undefined;
}
