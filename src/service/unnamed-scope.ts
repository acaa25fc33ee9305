import type { Bundle } from '../core/engine/bundle';
import type { RequestContext } from '../core/model/request';
import { unnamedScopeKeys } from '../core/engine/warnings';
import { canonicalId } from '../core/policy/identifier';

/** Finds the known name that a misspelt one was meant to be. */
export type SuggestName = (name: string, known: readonly string[]) => string | undefined;

/** A word of a request's scope that no rule names, and that is therefore likely misspelt. */
export interface UnnamedWord {
  readonly part: 'key' | 'value';
  readonly key: string;
  /** One sentence. */
  readonly message: string;
  /** What it was likely meant to be. */
  readonly nearest?: string;
}

/**
 * Scope keys that nothing in the bundle names, and values of open keys that are close to one that is named; any
 * other value of an open key is as good as its neighbours, and one that a closed key lacks is blocked. It is only
 * told: no decision depends on it.
 */
export function unnamedScope(
  bundle: Bundle,
  context: RequestContext,
  suggest: SuggestName,
): readonly UnnamedWord[] {
  const unnamed = new Set(unnamedScopeKeys(bundle, context));
  return [...context.scope].flatMap(([key, value]) =>
    unnamed.has(key)
      ? [unnamedKey(key, suggest(key, [...bundle.namedScopeValues.keys()]))]
      : unnamedValue(bundle, { key, value }, suggest),
  );
}

function unnamedKey(key: string, nearest: string | undefined): UnnamedWord {
  const message = `scope key ${shown(key)} is named by no rule`;
  return { part: 'key', key, message, ...(nearest === undefined ? {} : { nearest }) };
}

function unnamedValue(
  { namedScopeValues, scopeValues }: Bundle,
  { key, value }: { readonly key: string; readonly value: string },
  suggest: SuggestName,
): readonly UnnamedWord[] {
  const isClosed = (scopeValues.get(key) ?? 'any') !== 'any';
  const named = namedScopeValues.get(key) ?? new Set<string>();
  if (isClosed || named.has(canonicalId(value))) return [];
  const nearest = suggest(value, [...named]);
  if (nearest === undefined) return [];
  const message = `value ${shown(value)} of scope key \`${key}\` is named by no rule`;
  return [{ part: 'value', key, message, nearest }];
}

/** Characters of a name from outside that a message repeats. */
const MAX_NAME_LENGTH = 128;

function shown(name: string): string {
  return `\`${name.slice(0, MAX_NAME_LENGTH)}\``;
}
