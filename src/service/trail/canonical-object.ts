/** An object as `JSON.parse` makes it. */
export type JsonObject = Readonly<Record<string, unknown>>;

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

/** True for an object that is no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True if the object has exactly these keys in this order. */
export function hasKeys(object: JsonObject, keys: readonly string[]): boolean {
  const own = Object.keys(object);
  return own.length === keys.length && own.every((key, index) => key === keys[index]);
}

/** True for a whole number from 0 that a double holds exactly. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** True for a SHA-256 in lower-case hexadecimal. */
export function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

/** The instant as it is written everywhere in a trail. */
export function instantText(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** Milliseconds since the epoch; undefined for what is no instant in the one way of writing it. */
export function instantMs(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) || instantText(atMs) !== value ? undefined : atMs;
}
