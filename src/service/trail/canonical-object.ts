import { isObject, type JsonObject } from '../json-values';

/**
 * Reads an object that is written in the one way in which `JSON.stringify` writes it; undefined for every other text.
 * So no two texts mean the same, and no two readers can see different things in one: no key stands twice, no
 * number is written in a way of its own, and nothing stands around it.
 */
export function readCanonicalObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/** True if the object has exactly these keys in this order. */
export function hasKeys(object: JsonObject, keys: readonly string[]): boolean {
  const own = Object.keys(object);
  return own.length === keys.length && own.every((key, index) => key === keys[index]);
}

/** True for a SHA-256 in lower-case hexadecimal. */
export function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
