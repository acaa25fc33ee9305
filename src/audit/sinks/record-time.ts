/** An instant as records write it: UTC, with a fraction of a second or without. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/u;

/**
 * When a record was made, in milliseconds: what stands under its `at` or `time`; 0 where neither is an instant. Always the
 * same for the same record, so that one which is sent again finds itself.
 */
export function recordTimeMs(json: string): number {
  const record: unknown = JSON.parse(json);
  if (typeof record !== 'object' || record === null) return 0;
  const { at, time } = record as { readonly at?: unknown; readonly time?: unknown };
  const text = at ?? time;
  if (typeof text !== 'string' || !INSTANT.test(text)) return 0;
  const timeMs = Date.parse(text);
  return Number.isNaN(timeMs) ? 0 : timeMs;
}
