import fc from 'fast-check';

/** What is wrong in a file: a key is misspelt, or a value is of a type that nothing takes there. */
export type Damage = 'key' | 'value';

/** Anything of a kind, a number that chooses a place in it, and what is to be wrong there. */
export function anyDamageOf<T>(
  of: fc.Arbitrary<T>,
): fc.Arbitrary<{ readonly of: T; readonly at: number; readonly what: Damage }> {
  return fc.record({ of, at: fc.nat(), what: fc.constantFrom<Damage>('key', 'value') });
}

/** The mapping with one key or its value damaged. */
export function damage(
  map: Readonly<Record<string, unknown>>,
  key: string,
  what: Damage,
): Readonly<Record<string, unknown>> {
  const { [key]: value, ...others } = map;
  return { ...others, ...(what === 'key' ? { [`${key}_x`]: value } : { [key]: [[value]] }) };
}
