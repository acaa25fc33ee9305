/** Checks whether a value has a form. */
export type Shape = (value: unknown) => boolean;

/** A text. */
export const isText: Shape = (value) => typeof value === 'string';

/** True or false. */
export const isFlag: Shape = (value) => typeof value === 'boolean';

/** A whole number from 0. */
export const isWhole: Shape = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

/** An instant, such as one in RFC 3339. */
export const isInstant: Shape = (value) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value));

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
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const given = value as Readonly<Record<string, unknown>>;
    if (!Object.keys(needed).every((key) => Object.hasOwn(given, key))) return false;
    return Object.entries(given).every(([key, each]) => {
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
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(shape);
}

/** One of some forms. */
export function eitherOf(...shapes: readonly Shape[]): Shape {
  return (value) => shapes.some((shape) => shape(value));
}

/** One of some words. */
export function wordOf(words: readonly unknown[]): Shape {
  return (value) => words.includes(value);
}
