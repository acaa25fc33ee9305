import type { Capture } from './capture';

/** Where something is kept. */
export interface Keeper<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/**
 * What was made for a key before, or is made now. Kept only where nothing of it is withheld, for each record has to state
 * itself what it withholds; not at all without a keeper.
 */
export function kept<K, V>(
  keeper: Keeper<K, V> | undefined,
  key: K,
  { withheld }: Pick<Capture, 'withheld'>,
  make: () => V,
): V {
  const found = keeper?.get(key);
  if (found !== undefined) return found;
  const before = withheld.length;
  const made = make();
  if (withheld.length === before) keeper?.set(key, made);
  return made;
}
