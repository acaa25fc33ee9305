import type { Scope } from '../model/policy';
import type { RequestContext } from '../model/request';
import { canonicalId } from './identifier';

/** The scope key that stands for the tenant. */
export const TENANT_KEY = 'tenant';

/**
 * `counts`: every key is there and matches. `restricts`: a key that the scope names is missing in the request,
 * so it restricts but does not count for L10. `no`: a key has another value.
 */
export type ScopeMatch = 'counts' | 'restricts' | 'no';

/** The request's value of a scope key. */
export function scopeValueOf(context: RequestContext, key: string): string | undefined {
  return key === TENANT_KEY ? context.tenant : context.scope.get(key);
}

/** Compares a scope with the values that a request states. */
export function matchScope(scope: Scope, valueOf: (key: string) => string | undefined): ScopeMatch {
  let result: ScopeMatch = 'counts';
  for (const [key, values] of scope) {
    const value = valueOf(key);
    if (value === undefined) result = 'restricts';
    else if (!holdsValue(values, value)) return 'no';
  }
  return result;
}

/** True if a key's values hold the value. */
export function holdsValue(values: readonly string[] | 'any', value: string): boolean {
  if (values === 'any') return true;
  const wanted = canonicalId(value);
  return values.some((each) => canonicalId(each) === wanted);
}

/** Both scopes at once: keys unite, values of a common key intersect. */
export function intersectScopes(left: Scope, right: Scope): Scope {
  const merged = new Map(left);
  for (const [key, values] of right) {
    const other = merged.get(key);
    merged.set(key, other === undefined ? values : intersectValues(other, values));
  }
  return merged;
}

function intersectValues(
  left: readonly string[] | 'any',
  right: readonly string[] | 'any',
): readonly string[] | 'any' {
  if (left === 'any') return right;
  return left.filter((value) => holdsValue(right, value));
}
