import type { BoundPolicy, Bundle } from '../engine/bundle';
import type { Scope } from '../model/policy';
import { matchScope } from '../policy/scope-match';

/** Combinations of scope values that are tried; of a set with more, no statement about all of them is made. */
const MAX_CLASSES = 1024;

/** Stands for all declared values that nothing names. */
const UNNAMED = '\u0001';

/** Requests of one combination of scope values, each key with a value. */
export interface ScopeCase {
  readonly applies: (bound: BoundPolicy) => boolean;
  /** By document index. */
  readonly visible: readonly boolean[];
  /** True if some policy counts, so that requests are not blocked for want of one (L10). */
  readonly isCovered: boolean;
}

/**
 * Every combination of values that a request can have, one for all values that nothing names; undefined if there are
 * too many. Leaving a key out is no way around a policy, so it is not among them.
 */
export function scopeCases(
  bundle: Bundle,
  policies: readonly BoundPolicy[],
): readonly ScopeCase[] | undefined {
  const keys = [...bundle.scopeValues.keys()].map((key) => ({
    key,
    values: valuesOf(bundle, key),
  }));
  const count = keys.reduce((product, { values }) => product * values.length, 1);
  if (count > MAX_CLASSES) return undefined;
  const combinations = keys.reduce<readonly ReadonlyMap<string, string>[]>(
    (known, { key, values }) =>
      known.flatMap((each) => values.map((value) => new Map([...each, [key, value]]))),
    [new Map()],
  );
  return combinations.map((values) => caseOf(bundle, policies, values));
}

function valuesOf(bundle: Bundle, key: string): readonly string[] {
  const named = [...(bundle.namedScopeValues.get(key) ?? [])];
  const declared = bundle.scopeValues.get(key);
  if (declared === undefined || declared === 'any') return [...named, UNNAMED];
  return [...new Set(declared)];
}

function caseOf(
  bundle: Bundle,
  policies: readonly BoundPolicy[],
  values: ReadonlyMap<string, string>,
): ScopeCase {
  const matches = (scope: Scope): boolean => matchScope(scope, (key) => values.get(key)) !== 'no';
  const applicable = new Set(policies.filter(({ scope }) => matches(scope)));
  return {
    applies: (bound) => applicable.has(bound),
    visible: bundle.set.documents.map(({ binding }) => binding === undefined || matches(binding)),
    isCovered: applicable.size > 0 || bundle.settings.whenNoPolicyApplies === 'allow',
  };
}
