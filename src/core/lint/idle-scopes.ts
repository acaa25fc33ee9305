import type { BoundPolicy } from '../engine/bundle';
import type { Finding } from '../model/finding';
import { canonicalId } from '../policy/identifier';
import { holdsValue, TENANT_KEY } from '../policy/scope-match';
import { setFinding } from '../policy/set-finding';
import type { LintView } from './lint-view';

/**
 * Where the root file declares scope values or tenants: keys that it declares and nothing names, keys that policies
 * name and it does not declare, and tenants that have no policy of their own where others have one.
 */
export function idleScopes(view: LintView): readonly Finding[] {
  const { scopeValues, tenants } = view.set.settings;
  if (scopeValues.size === 0 && tenants === undefined) return [];
  return [...unusedKeys(view), ...undeclaredKeys(view), ...lonelyTenants(view)];
}

function unusedKeys({ set, bundle }: LintView): readonly Finding[] {
  const { scopeValues, places } = set.settings;
  return [...scopeValues.keys()].flatMap((key) => {
    const position = places?.scopeValues.get(key);
    const isBound = set.documents.some(({ binding }) => binding?.has(key) === true);
    if (position === undefined || isBound || isNamed(bundle.policies, key)) return [];
    return [
      setFinding({
        severity: 'info',
        code: 'unused_scope_key',
        message: `the values of scope key \`${key}\` are declared, and no policy names the key`,
        help: 'remove it, or leave it if other values are to be blocked',
        position,
      }),
    ];
  });
}

function isNamed(policies: readonly BoundPolicy[], key: string): boolean {
  return policies.some(({ scope }) => scope.has(key));
}

/** Other values than those that policies name are blocked, and nobody said that there are no others. */
function undeclaredKeys({ set, policies }: LintView): readonly Finding[] {
  const { scopeValues, tenants } = set.settings;
  const seen = new Set<string>();
  return policies.flatMap(({ policy, scope }) =>
    [...scope].flatMap(([key, values]) => {
      const isDeclared = key === TENANT_KEY ? tenants !== undefined : scopeValues.has(key);
      const isOpen = values === 'any' || policies.some((other) => other.scope.get(key) === 'any');
      if (isDeclared || isOpen || seen.has(key)) return [];
      seen.add(key);
      return [
        setFinding({
          severity: 'warning',
          code: 'undeclared_scope_key',
          message: `the values of scope key \`${key}\` are not declared, so that only those are known that policies name`,
          help: `declare all of them under ${key === TENANT_KEY ? '`tenants`' : '`scope_values`'}: a request with another one is blocked`,
          position: policy.places?.scope.get(key)?.key ?? policy.position,
        }),
      ];
    }),
  );
}

function lonelyTenants({ set, policies }: LintView): readonly Finding[] {
  const { tenants = [], places } = set.settings;
  const named = policies.flatMap(({ scope }) => {
    const values = scope.get(TENANT_KEY);
    return values === undefined || values === 'any' ? [] : values;
  });
  if (named.length === 0) return [];
  return tenants.flatMap((tenant, index) => {
    const position = places?.tenants[index];
    if (position === undefined || holdsValue(named, canonicalId(tenant))) return [];
    return [
      setFinding({
        severity: 'info',
        code: 'tenant_without_policy',
        message: `tenant \`${tenant}\` has no policy of its own, where other tenants have one`,
        help: 'name it in the scope of a policy, unless what applies to all is enough',
        position,
      }),
    ];
  });
}
