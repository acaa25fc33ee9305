import { isRegionName, normaliseRegion } from '../../core/requirements/regions';
import { MAX_LIST_ELEMENTS, MAX_MODEL_BYTES, MAX_VALUE_BYTES } from '../limits';
import { exceedsBytes } from '../text-size';

/** A value, or what it should have been, as the end of a sentence that never repeats what was written. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** Reads a value as JSON has it. */
export type Parse<T> = (value: unknown) => Parsed<T>;

/** A list of names, each once. An empty list is one. */
export const names: Parse<readonly string[]> = (value) => listOfNames(value, MAX_VALUE_BYTES);

/** A list of names of models. */
export const modelNames: Parse<readonly string[]> = (value) => listOfNames(value, MAX_MODEL_BYTES);

function listOfNames(value: unknown, limitBytes: number): Parsed<readonly string[]> {
  if (!Array.isArray(value)) return { problem: 'must be a list of names' };
  if (value.length > MAX_LIST_ELEMENTS) {
    return { problem: `has more than ${String(MAX_LIST_ELEMENTS)} elements` };
  }
  const found = new Set<string>();
  for (const name of value as readonly unknown[]) {
    if (typeof name !== 'string') return { problem: 'must be a list of names' };
    if (name === '') return { problem: 'holds an empty name' };
    if (exceedsBytes(name, limitBytes)) {
      return { problem: `holds a name of more than ${String(limitBytes)} bytes` };
    }
    found.add(name);
  }
  return { value: [...found] };
}

/** A list of words out of a closed list. */
export function wordsOf(known: readonly string[]): Parse<readonly string[]> {
  return (value) => {
    const read = names(value);
    if ('problem' in read || read.value.every((name) => known.includes(name))) return read;
    return { problem: `holds a word that is not known; known are ${known.join(', ')}` };
  };
}

/** One word out of a closed list. */
export function wordOf<W extends string>(...known: readonly W[]): Parse<W> {
  return (value) => {
    const found = known.find((word) => word === value);
    return found === undefined
      ? { problem: `must be one of ${known.join(', ')}` }
      : { value: found };
  };
}

/** True or false, and no text that says so. */
export const truth: Parse<boolean> = (value) =>
  typeof value === 'boolean' ? { value } : { problem: 'must be true or false' };

/** A text that nothing here reads. */
export const anyText: Parse<string> = (value) =>
  typeof value === 'string' ? { value } : { problem: 'must be a text' };

/** A number that is not negative. */
export const amount: Parse<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? { value }
    : { problem: 'must be a number that is not negative' };

/** Digits enough for any price, and few enough that they say the same to every reader. */
const DECIMAL = /^\d{1,12}(?:\.\d{1,12})?$/;

/** USD per million tokens: a number, or a decimal number as text, which OpenRouter takes as well. */
export const price: Parse<number> = (value) =>
  typeof value === 'string' && DECIMAL.test(value) ? { value: Number(value) } : amount(value);

/** Names of regions, in the one form that each has. */
export const regions: Parse<readonly string[]> = (value) => {
  const read = names(value);
  if ('problem' in read) return read;
  if (!read.value.every(isRegionName)) {
    return { problem: 'holds what is no region; write `eu`, `eea` or codes of ISO 3166-1' };
  }
  return { value: [...new Set(read.value.map(normaliseRegion))] };
};
