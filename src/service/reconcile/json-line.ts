import { isObject, type JsonObject } from '../json-values';

/** A line of a JSON log. */
export type LineObject = JsonObject;

/** Reads a line as the one JSON object that it must be. */
export function readLineObject(
  text: string,
): { readonly object: LineObject } | { readonly problem: string } {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { object: value } : { problem: 'it is no JSON object' };
  } catch {
    // Nothing of the line is repeated: what cannot be read could hold anything.
    return { problem: 'it is no JSON' };
  }
}

/** RFC 3339 in UTC, as pino and Envoy write it. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** An instant in milliseconds since the epoch; undefined for everything else. */
export function instantIn(value: unknown): number | undefined {
  if (typeof value !== 'string' || !INSTANT.test(value)) return undefined;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms;
}

/** A list of texts; undefined for everything else. */
export function textsIn(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((each) => typeof each === 'string');
  return texts.length === value.length ? texts : undefined;
}
