import type { Bundle } from '../../core/engine/bundle';
import { canonicalId } from '../../core/policy/identifier';

const TEXTS = new WeakMap<Bundle, ReadonlySet<string>>();

/**
 * True if a file of the bundle states the text, so that no client can have made it up. The texts of a bundle are
 * collected when first asked for: most requests hold names only.
 */
export function isStatedIn(bundle: Bundle, text: string): boolean {
  const known = TEXTS.get(bundle) ?? collect(bundle.set);
  TEXTS.set(bundle, known);
  return known.has(canonicalId(text));
}

/** Everything that a set states as a text, keys of scopes too. What is added to a set while it is walked is walked. */
function collect(set: Bundle['set']): ReadonlySet<string> {
  const parts = new Set<unknown>([set]);
  for (const part of parts) for (const inner of partsOf(part)) parts.add(inner);
  const texts = [...parts].filter((part) => typeof part === 'string');
  return new Set(texts.map(canonicalId));
}

function partsOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return value instanceof Map ? [...value.keys(), ...value.values()] : Object.values(value);
}
