/** A list under its name, or nothing where it is empty. */
export function someOf<K extends string, T>(
  key: K,
  list: readonly T[],
): Partial<Readonly<Record<K, readonly T[]>>> {
  return list.length === 0 ? {} : ({ [key]: list } as Record<K, readonly T[]>);
}
