import type { Scope } from '../../src/core/model/policy';
import type { BoundDocument, PolicySet } from '../../src/core/model/policy-set';
import type { ReasonCode } from '../../src/core/model/reason';
import type { DecisionRequest } from '../../src/core/model/request';
import type { Applied } from './types';

/** The request's value of a scope key; `tenant` is a key like the others. */
function valueOf(key: string, request: DecisionRequest): string | undefined {
  return key === 'tenant' ? request.context.tenant : request.context.scope.get(key);
}

/** `lacking`: everything that the request states matches, and at least one key is missing from it (L3). */
function matchScope(scope: Scope | undefined, request: DecisionRequest): 'no' | 'yes' | 'lacking' {
  let answer: 'yes' | 'lacking' = 'yes';
  for (const [key, values] of scope ?? []) {
    const value = valueOf(key, request);
    if (value === undefined) {
      answer = 'lacking';
    } else if (values !== 'any' && !values.includes(value)) {
      return 'no';
    }
  }
  return answer;
}

/**
 * Files that exist for the request. Choice, fail closed: a bound file whose key the request lacks restricts by
 * its policies, but its targets and claims do not exist ("only where its scope matches", design, section 4).
 */
export function existingFiles(set: PolicySet, request: DecisionRequest): readonly BoundDocument[] {
  return set.documents.filter((file) => matchScope(file.binding, request) === 'yes');
}

/** Policies that apply, widest scope first (fewer keys), then by id. */
export function applicablePolicies(set: PolicySet, request: DecisionRequest): readonly Applied[] {
  const applied: Applied[] = [];
  for (const home of set.documents) {
    for (const policy of home.document.policies) {
      const matches = [matchScope(home.binding, request), matchScope(policy.scope, request)];
      if (!matches.includes('no')) {
        const keys = new Set([...(home.binding?.keys() ?? []), ...policy.scope.keys()]);
        const counts = policy.mode !== 'shadow' && !matches.includes('lacking');
        applied.push({ policy, home, keyCount: keys.size, counts });
      }
    }
  }
  return applied.sort((a, b) => a.keyCount - b.keyCount || (a.policy.id < b.policy.id ? -1 : 1));
}

/** The values that a key may have; undefined: nothing in the bundle names the key. */
function declaredValues(key: string, set: PolicySet): readonly string[] | 'any' | undefined {
  const stated = key === 'tenant' ? set.settings.tenants : set.settings.scopeValues.get(key);
  if (stated !== undefined) {
    return stated;
  }
  const named: (readonly string[] | 'any')[] = [];
  for (const { binding, document } of set.documents) {
    // A shadow policy changes nothing (L9), so its scope neither closes a key nor opens a value.
    const acting = document.policies.filter((policy) => policy.mode !== 'shadow');
    for (const scope of [binding, ...acting.map((policy) => policy.scope)]) {
      const values = scope?.get(key);
      if (values !== undefined) {
        named.push(values);
      }
    }
  }
  if (named.length === 0) {
    return undefined;
  }
  return named.includes('any') ? 'any' : named.flat();
}

/** Why the tenant or a scope value refuses the whole request (L1, L3). */
export function scopeRefusal(set: PolicySet, request: DecisionRequest): ReasonCode | undefined {
  const tenant = request.context.tenant;
  if (tenant === undefined && set.settings.tenants !== undefined) {
    return 'tenant_required';
  }
  const isOutside = (key: string, value: string): boolean => {
    const values = declaredValues(key, set);
    return values !== undefined && values !== 'any' && !values.includes(value);
  };
  if (tenant !== undefined && isOutside('tenant', tenant)) {
    return 'unknown_tenant';
  }
  const outside = [...request.context.scope].some(([key, value]) => isOutside(key, value));
  return outside ? 'unknown_scope' : undefined;
}
