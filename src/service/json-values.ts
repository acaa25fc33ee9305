/** An object as `JSON.parse` makes it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for an object that is no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a whole number from 0 that a double holds exactly. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** The instant as evidence has it: RFC 3339, UTC, with milliseconds. */
export function instantText(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** Milliseconds since the epoch; undefined for what is no instant in the one way of writing it. */
export function instantMs(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) || instantText(atMs) !== value ? undefined : atMs;
}

/** Characters of an instant of the years 0 to 9999: their texts sort as they do, and no clock tells any other. */
const MOMENT_LENGTH = '2026-07-01T00:00:00.000Z'.length;

/** The same for what a clock has told. Of a claim somebody may have written that it never ends. */
export function momentMs(value: unknown): number | undefined {
  const atMs = instantMs(value);
  return instantText(atMs ?? 0).length === MOMENT_LENGTH ? atMs : undefined;
}
