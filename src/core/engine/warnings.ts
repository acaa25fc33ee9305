import type { Warning } from '../model/decision';
import { canonicalId } from '../policy/identifier';
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
      message: `no target meets policy \`${policy.id}\`, which only warns`,
    }));
}

/** A name that the catalog lacks matches nothing (L1). */
function preferenceWarnings({ bundle, request }: DecisionState): readonly Warning[] {
  const { only = [], ignore = [], order = [] } = request.context.preferences;
  if (only.length + ignore.length + order.length === 0) return [];
  const { providerNames, byId } = bundle.catalog;
  return [...new Set([...only, ...ignore, ...order])]
    .filter((name) => !providerNames.has(canonicalId(name)) && !byId.has(canonicalId(name)))
    .map((name) => ({
      code: 'unknown_preference_name',
      message: `preference \`${name.slice(0, MAX_NAME_LENGTH)}\` names nothing in the catalog`,
    }));
}

/** Characters of a name from outside that a warning repeats. */
const MAX_NAME_LENGTH = 128;

function scopeWarnings({ bundle, request }: DecisionState): readonly Warning[] {
  return [...request.context.scope.keys()]
    .filter((key) => !bundle.namedScopeValues.has(key))
    .map((key) => ({
      code: 'unused_scope_key',
      message: `scope key \`${key.slice(0, MAX_NAME_LENGTH)}\` is named by no policy`,
    }));
}
