import { foldKeyLoosely } from './strict-json';

/** An object as JSON.parse makes it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for objects, and neither lists nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * True if a key of the object is one of the names in another spelling: readers that ignore case would take it for the
 * name. `names` are as foldKeyLoosely leaves them.
 */
export function hasVariantOf(object: JsonObject, names: readonly string[]): boolean {
  return Object.keys(object).some(
    (key) => !names.includes(key) && names.includes(foldKeyLoosely(key)),
  );
}
