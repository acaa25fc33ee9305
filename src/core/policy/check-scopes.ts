import type { Finding } from '../model/finding';
import type { Policy } from '../model/policy';
import type { PolicySet } from '../model/policy-set';
import { holdsValue, TENANT_KEY } from './scope-match';
import { setFinding } from './set-finding';

/** A policy for a value that the bundle does not declare would never apply, so it is an error. */
export function checkScopes(set: PolicySet): readonly Finding[] {
  return set.documents.flatMap(({ document }) =>
    document.policies.flatMap((policy) => checkPolicy(set, policy)),
  );
}

function checkPolicy(set: PolicySet, policy: Policy): readonly Finding[] {
  return [...policy.scope].flatMap(([key, values]) => {
    const declared = declaredValues(set, key);
    if (declared === undefined || declared === 'any' || values === 'any') return [];
    const places = policy.places?.scope.get(key)?.values;
    return values
      .map((value, index) => ({ value, at: places?.[index] ?? policy.position }))
      .filter(({ value }) => !holdsValue(declared, value))
      .map(({ value, at }) =>
        setFinding({
          severity: 'error',
          code: 'unknown_scope_value',
          message: `policy \`${policy.id}\` is for ${key} \`${value}\`, which the bundle does not declare`,
          help: `declared are: ${declared.join(', ')}`,
          position: at,
        }),
      );
  });
}

function declaredValues(set: PolicySet, key: string): readonly string[] | 'any' | undefined {
  return key === TENANT_KEY ? set.settings.tenants : set.settings.scopeValues.get(key);
}
