import type { BoundPolicy, Bundle } from '../engine/bundle';
import type { Scope } from '../model/policy';
import { holdsValue } from '../policy/scope-match';

/**
 * By policy, the others that restrict every request that it restricts: each of their keys is one of its own, and every
 * value that it names is one of theirs. Shadow policies restrict nothing, and are not among them.
 */
export function companionsOf(
  bundle: Bundle,
  policies: readonly BoundPolicy[],
): ReadonlyMap<BoundPolicy, readonly BoundPolicy[]> {
  return new Map(
    policies.map((bound) => [
      bound,
      policies.filter((other) => other !== bound && holdsScope(bundle, other.scope, bound.scope)),
    ]),
  );
}

/** True if whatever the inner scope restricts, the outer one restricts, too. */
function holdsScope(bundle: Bundle, outer: Scope, inner: Scope): boolean {
  return [...outer].every(([key, values]) => {
    const named = inner.get(key);
    if (named === undefined) return false;
    if (values === 'any') return true;
    // Other values of the key than those that are declared block, so that `any` stands for these.
    const meant = named === 'any' ? (bundle.scopeValues.get(key) ?? 'any') : named;
    return meant !== 'any' && meant.every((value) => holdsValue(values, value));
  });
}
