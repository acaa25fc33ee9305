import { checkSet } from '../../../src/core/policy/check-set';
import { deny, file, policy, setOf, target, withSettings } from '../engine/support/build';

describe('checkSet', () => {
  it('reports everything at once', () => {
    const policies = [
      policy('p', { lists: [deny('provider', { provider: 'x' })] }),
      policy('p', { scope: { tenant: ['red'] } }),
    ];
    const set = setOf(file({ targets: [target('t1')], policies }));
    expect(checkSet(withSettings(set, { tenants: ['blue'] })).map(({ code }) => code)).toEqual([
      'duplicate_policy',
      'unknown_provider',
      'deny_matches_nothing',
      'unknown_scope_value',
    ]);
  });

  it('finds nothing in a set that says nothing', () => {
    expect(checkSet(setOf())).toEqual([]);
  });
});
