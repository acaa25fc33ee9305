import type { Feature } from '../../core/model/api';
import { isObject } from '../json-object';
import { foldWords } from './body-forms';
import { EVERY_FEATURE, unite } from './features';
import type { FeatureReading } from './features';

/** What the value of a field uses. */
export type FieldReader = (value: unknown) => FeatureReading;

/** A field that uses nothing. */
const plain: FieldReader = () => [];

/** A field that must not be there: it could choose another target. */
export const refusedField: FieldReader = () => 'unreadable';

/** A switch, off where it is null. `off` is what an explicit false says. */
export const flag =
  (on: Feature, off?: Feature): FieldReader =>
  (value) => {
    if (value === true) return [on];
    if (value === false) return off === undefined ? [] : [off];
    return value === null ? [] : 'unreadable';
  };

/** A field that uses these features unless it is null. */
export const whenPresent =
  (...features: readonly Feature[]): FieldReader =>
  (value) =>
    value === null ? [] : features;

/** Readers by the name of the field. */
export type FieldTable = ReadonlyMap<string, FieldReader>;

/** A table of names that use nothing, and of others with their readers. */
export function fieldTable(
  plainNames: string,
  others: Readonly<Record<string, FieldReader>>,
): FieldTable {
  const names = plainNames.split(/\s+/).filter((name) => name !== '');
  return new Map([
    ...names.map((name): [string, FieldReader] => [name, plain]),
    ...Object.entries(others),
  ]);
}

/** The same table with each name in both spellings that protobuf's JSON has: `toolConfig` and `tool_config`. */
export function withBothSpellings(table: FieldTable): FieldTable {
  return new Map(
    [...table].flatMap(([name, read]): [string, FieldReader][] => [
      [name, read],
      [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), read],
    ]),
  );
}

/** Reads an object by a table. A key that is in none could be any feature; one in unusual letters is not understood. */
export function keyed(table: FieldTable): FieldReader {
  const folded = new Set([...table.keys()].map(foldWords));
  return (value) => {
    if (!isObject(value)) return 'unreadable';
    const keys = Object.keys(value);
    if (new Set(keys.map(foldWords)).size < keys.length) return 'unreadable';
    return unite(
      keys.map((key): FeatureReading => {
        const read = table.get(key);
        if (read !== undefined) return read(value[key]);
        return folded.has(foldWords(key)) ? 'unreadable' : EVERY_FEATURE;
      }),
    );
  };
}

/** A list of what the reader reads. Null is none. */
export function listOf(read: FieldReader): FieldReader {
  return (value) => {
    if (value === null) return [];
    return Array.isArray(value) ? unite(value.map(read)) : 'unreadable';
  };
}
