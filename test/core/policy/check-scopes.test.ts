import type { BundleSettings } from '../../../src/core/model/policy-set';
import { checkScopes } from '../../../src/core/policy/check-scopes';
import {
  file,
  policy,
  scopeOf,
  setOf,
  withSettings,
  type PolicyParts,
} from '../engine/support/build';

const found = (
  settings: Partial<BundleSettings>,
  scope: NonNullable<PolicyParts['scope']>,
): readonly string[] =>
  checkScopes(withSettings(setOf(file({ policies: [policy('p', { scope })] })), settings)).map(
    ({ severity, code, message }) => `${severity} ${code}: ${message}`,
  );

describe('checkScopes', () => {
  it('a bundle that declares nothing takes every value', () => {
    expect(found({}, { tenant: ['blue'], team: ['core'] })).toEqual([]);
  });

  it('a policy for a value that is not declared would never apply', () => {
    const scopeValues = scopeOf({ team: ['core', 'ops'] });
    expect(found({ scopeValues }, { team: ['core'] })).toEqual([]);
    expect(found({ scopeValues }, { team: 'any' })).toEqual([]);
    expect(found({ scopeValues }, { environment: ['prod'] })).toEqual([]);
    expect(found({ scopeValues }, { team: ['core', 'sales'] })).toEqual([
      'error unknown_scope_value: policy `p` is for team `sales`, which the bundle does not declare',
    ]);
  });

  it('a key that is declared as `any` takes every value', () => {
    expect(found({ scopeValues: scopeOf({ team: 'any' }) }, { team: ['sales'] })).toEqual([]);
  });

  it('tenants are declared on their own', () => {
    expect(found({ tenants: ['blue'] }, { tenant: ['blue'] })).toEqual([]);
    expect(found({ tenants: ['blue'] }, { tenant: ['red'] })).toHaveLength(1);
    expect(found({ tenants: [] }, { tenant: ['red'] })).toHaveLength(1);
  });
});
