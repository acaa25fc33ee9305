const DATE = /^\d{4}-\d{2}-\d{2}$/;
const RFC_3339 = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Milliseconds since the epoch for RFC 3339 with an offset, or for a date, which is 00:00 UTC. Undefined for all
 * else, and for days that the calendar lacks.
 */
export function parseInstant(text: string): number | undefined {
  const upper = text.toUpperCase();
  const day = DATE.test(upper) ? upper : RFC_3339.exec(upper)?.[1];
  if (day === undefined || !isCalendarDay(day)) return undefined;
  const instantMs = Date.parse(upper === day ? `${day}T00:00:00Z` : upper);
  return Number.isNaN(instantMs) ? undefined : instantMs;
}

function isCalendarDay(day: string): boolean {
  const startMs = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(startMs) && new Date(startMs).toISOString().startsWith(day);
}

/** RFC 3339, UTC, with milliseconds. */
export function formatInstant(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
