import type { Warning } from '../model/decision';
import type { RequestContext } from '../model/request';
import { canonicalId, foldedId } from '../policy/identifier';
import type { Bundle } from './bundle';
import { providersLike } from './catalog-view';
import type { DecisionState } from './decision-state';

/** What the caller should know beside the answer; nothing here changes it. */
export function warningsOf(state: DecisionState, gaveWay: ReadonlySet<number>): readonly Warning[] {
  return [...warnWarnings(state, gaveWay), ...preferenceWarnings(state), ...scopeWarnings(state)];
}

function warnWarnings({ plan }: DecisionState, gaveWay: ReadonlySet<number>): readonly Warning[] {
  return plan.groups.warn
    .filter((_, index) => gaveWay.has(index))
    .map(({ policy }) => ({
      code: 'warn_policy_gave_way',
      message: `policy \`${policy.id}\` only warns, and gave way: no target meets it with all else that applies`,
    }));
}

/** A name that the catalog lacks matches nothing (L1). `ignore` folds, so it knows more spellings. */
function preferenceWarnings({ bundle, request }: DecisionState): readonly Warning[] {
  const { only = [], ignore = [], order = [] } = request.context.preferences;
  if (only.length + ignore.length + order.length === 0) return [];
  const { providerNames, dialectNames, byId, foldedProviderNames, foldedTargetIds } =
    bundle.catalog;
  const lacks = (name: string): boolean =>
    !providerNames.has(canonicalId(name)) &&
    !dialectNames.agreed.has(canonicalId(name)) &&
    !byId.has(canonicalId(name));
  const lacksFolded = (name: string): boolean =>
    !providersLike(bundle, name).some((each) => foldedProviderNames.has(each)) &&
    !foldedTargetIds.has(foldedId(name));
  const unknown = [...[...only, ...order].filter(lacks), ...ignore.filter(lacksFolded)];
  return [...new Set(unknown)].map((name) => ({
    code: 'unknown_preference_name',
    message: `preference \`${name.slice(0, MAX_NAME_LENGTH)}\` names nothing in the catalog`,
  }));
}

/** Characters of a name from outside that a warning repeats. */
const MAX_NAME_LENGTH = 128;

/** Scope keys of a request that nothing in the bundle names. */
export function unnamedScopeKeys(bundle: Bundle, { scope }: RequestContext): readonly string[] {
  return [...scope.keys()].filter((key) => !bundle.namedScopeValues.has(key));
}

function scopeWarnings({ bundle, request }: DecisionState): readonly Warning[] {
  return unnamedScopeKeys(bundle, request.context).map((key) => ({
    code: 'unused_scope_key',
    message: `scope key \`${key.slice(0, MAX_NAME_LENGTH)}\` is named by no policy`,
  }));
}
