import type { Bundle } from '../../core/engine/bundle';
import { cacheAt } from '../../core/engine/epoch';
import { classify, type ScopeClass } from '../../core/engine/scope-class';
import { EMPTY_CONTEXT, type RequestContext } from '../../core/model/request';
import { TENANT_KEY } from '../../core/policy/scope-match';

/** The two bundles, old and new. */
export interface BundlePair {
  readonly old: Bundle;
  readonly new: Bundle;
}

/** One combination of scope values. */
export interface ScopeCombination {
  readonly context: RequestContext;
  /** Keys whose value stands for all that neither bundle names. */
  readonly otherValues: readonly string[];
}

/** Combinations that the same policies and files concern, in both bundles: they get the same answers. */
export interface ScopeGroup {
  readonly combinations: readonly ScopeCombination[];
  readonly old: ScopeClass;
  readonly new: ScopeClass;
}

/** Combinations that are looked at; with more, nothing would be said of all of them, so that nothing is said. */
const MAX_COMBINATIONS = 20_000;

/**
 * Every combination of scope values that either bundle can tell from another: of each key that one of them names,
 * no value, each value, and one that stands for all others. Undefined if there are too many.
 */
export function scopeGroups(pair: BundlePair, nowMs: number): readonly ScopeGroup[] | undefined {
  const keys = keysOf(pair);
  const count = [...keys.values()].reduce((product, { size }) => product * (size + 2), 1);
  if (count > MAX_COMBINATIONS) return undefined;
  const groups = new Map<string, ScopeGroup & { readonly combinations: ScopeCombination[] }>();
  for (const combination of combine([...keys])) {
    const classes = {
      old: classify(pair.old, cacheAt(pair.old, nowMs).classes, combination.context),
      new: classify(pair.new, cacheAt(pair.new, nowMs).classes, combination.context),
    };
    const key = JSON.stringify([signatureOf(classes.old), signatureOf(classes.new)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { ...classes, combinations: [combination] });
    else group.combinations.push(combination);
  }
  return [...groups.values()];
}

function keysOf(pair: BundlePair): ReadonlyMap<string, ReadonlySet<string>> {
  const keys = new Map<string, Set<string>>();
  for (const bundle of [pair.old, pair.new]) {
    for (const [key, values] of bundle.namedScopeValues) {
      keys.set(key, new Set([...(keys.get(key) ?? []), ...values]));
    }
  }
  return keys;
}

function combine(
  keys: readonly (readonly [string, ReadonlySet<string>])[],
): readonly ScopeCombination[] {
  return keys.reduce<readonly ScopeCombination[]>(
    (known, [key, values]) => {
      const other = unnamedValue(values);
      return known.flatMap((each) => [
        each,
        ...[...values].map((value) => withValue(each, key, value)),
        { ...withValue(each, key, other), otherValues: [...each.otherValues, key] },
      ]);
    },
    [{ context: EMPTY_CONTEXT, otherValues: [] }],
  );
}

function withValue(
  { context, otherValues }: ScopeCombination,
  key: string,
  value: string,
): ScopeCombination {
  return {
    otherValues,
    context:
      key === TENANT_KEY
        ? { ...context, tenant: value }
        : { ...context, scope: new Map([...context.scope, [key, value]]) },
  };
}

/** A value that none of the named ones is. */
function unnamedValue(named: ReadonlySet<string>): string {
  let value = 'other';
  while (named.has(value)) value += '-other';
  return value;
}

/** Equal for classes whose requests get the same answers. */
function signatureOf({ policies, visible, refusal }: ScopeClass): unknown {
  return [
    policies.map(({ bound, counts }) => [bound.order, counts]),
    visible,
    refusal?.code ?? null,
  ];
}
