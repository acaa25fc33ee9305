import type { ValueReader } from '../yaml/reader';
import { quote } from '../yaml/source-text';

const DATE = /^\d{4}-\d{2}-\d{2}$/u;
const RFC_3339 =
  /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/u;

/**
 * Reads an instant in milliseconds since the epoch: `YYYY-MM-DD`, which is 00:00 UTC, or RFC 3339 with a zone.
 * A day that the calendar lacks is an error: it would silently become another one.
 */
export function readInstant(reader: ValueReader | undefined): number | undefined {
  const text = reader?.text();
  if (reader === undefined || text === undefined) return undefined;
  const instant = parseInstant(text.value);
  if (instant !== undefined) return instant;
  reader.fail('invalid_text', `${quote(text.value)} is not a date or time`, {
    help: 'write `2026-01-31` (00:00 UTC) or `2026-01-31T09:30:00Z`',
  });
  return undefined;
}

function parseInstant(text: string): number | undefined {
  const day = DATE.test(text) ? text : RFC_3339.exec(text)?.[1];
  if (day === undefined || !isCalendarDay(day)) return undefined;
  const instant = Date.parse(DATE.test(text) ? `${text}T00:00:00Z` : text.toUpperCase());
  return Number.isNaN(instant) ? undefined : instant;
}

function isCalendarDay(day: string): boolean {
  const start = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(start.getTime()) && start.toISOString().startsWith(day);
}
