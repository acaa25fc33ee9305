import { instantMs, isObject, momentMs } from '../json-values';

/** Checks whether a value has a form. */
export type Shape = (value: unknown) => boolean;

/** A text. */
export const isText: Shape = (value) => typeof value === 'string';

/** True or false. */
export const isFlag: Shape = (value) => typeof value === 'boolean';

/** Only as it is written, so that there is one text for an instant. */
export const isInstant: Shape = (value) => instantMs(value) !== undefined;

/** An instant that a clock has told. */
export const isMoment: Shape = (value) => momentMs(value) !== undefined;

/** A list of one form. */
export function listOf(shape: Shape): Shape {
  return (value) => Array.isArray(value) && value.every(shape);
}

/** An object that has all keys of `needed`, may have those of `optional`, and no others. */
export function objectOf(
  needed: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
): Shape {
  return (value) => {
    if (!isObject(value)) return false;
    if (!Object.keys(needed).every((key) => Object.hasOwn(value, key))) return false;
    return Object.entries(value).every(([key, each]) => {
      const shape = Object.hasOwn(needed, key) ? needed[key] : optionalOf(optional, key);
      return shape?.(each) === true;
    });
  };
}

function optionalOf(optional: Readonly<Record<string, Shape>>, key: string): Shape | undefined {
  return Object.hasOwn(optional, key) ? optional[key] : undefined;
}

/** An object of any keys with values of one form. */
export function mapOf(shape: Shape): Shape {
  return (value) => isObject(value) && Object.values(value).every(shape);
}

/** One of some forms. */
export function eitherOf(...shapes: readonly Shape[]): Shape {
  return (value) => shapes.some((shape) => shape(value));
}

/** One of some words. */
export function wordOf(words: readonly unknown[]): Shape {
  return (value) => words.includes(value);
}
