import type { PolicySet } from '../../../src/core/model/policy-set';
import type { RequestContext } from '../../../src/core/model/request';
import {
  allow,
  file,
  offering,
  policy,
  provider,
  scopeOf,
  setOf,
  target,
  withSettings,
  type PolicyParts,
} from './support/build';
import { decideOn, eligibleRefs } from './support/decided';

/** A set with one eligible target and the policies. */
function guarded(...policies: readonly (readonly [string, PolicyParts])[]): PolicySet {
  return setOf(
    file({
      providers: [provider('acme')],
      targets: [target('t1')],
      policies: policies.map(([id, more]) => policy(id, more)),
    }),
  );
}

/** `allow`, or the code of the block. */
function outcomeOf(set: PolicySet, scope: Readonly<Record<string, string>>): string {
  const { tenant, ...others } = scope;
  const request = offering(['t1'], {
    scope: new Map(Object.entries(others)),
    ...(tenant === undefined ? {} : { tenant }),
  });
  const { outcome, block } = decideOn(set, request);
  return block?.code ?? outcome;
}

describe('tenants', () => {
  it('a bundle that declares none serves all', () => {
    expect(outcomeOf(guarded(['p', {}]), {})).toBe('allow');
    expect(outcomeOf(guarded(['p', {}]), { tenant: 'whoever' })).toBe('allow');
  });

  it('where some are declared, the request names one of them', () => {
    const set = withSettings(guarded(['p', {}]), { tenants: ['blue'] });
    expect(outcomeOf(set, { tenant: 'blue' })).toBe('allow');
    expect(outcomeOf(set, {})).toBe('tenant_required');
    expect(outcomeOf(set, { tenant: 'red' })).toBe('unknown_tenant');
    expect(outcomeOf(set, { tenant: 'Blue' })).toBe('unknown_tenant');
  });

  it('an empty declaration declares that there is none', () => {
    const set = withSettings(guarded(['p', {}]), { tenants: [] });
    expect(outcomeOf(set, { tenant: 'blue' })).toBe('unknown_tenant');
  });
});

describe('values of scope keys', () => {
  it('are those that policies name; another one blocks', () => {
    const set = guarded(['all', {}], ['core', { scope: { team: ['core'] } }]);
    expect(outcomeOf(set, { team: 'core' })).toBe('allow');
    expect(outcomeOf(set, { team: 'ops' })).toBe('unknown_scope');
    expect(outcomeOf(set, {})).toBe('allow');
  });

  it('`any` opens a key', () => {
    const set = guarded(
      ['all', { scope: { team: 'any' } }],
      ['core', { scope: { team: ['core'] } }],
    );
    expect(outcomeOf(set, { team: 'ops' })).toBe('allow');
  });

  it('are the bundle’s where it declares them, whatever policies name', () => {
    const set = withSettings(guarded(['all', {}], ['core', { scope: { team: 'any' } }]), {
      scopeValues: scopeOf({ team: ['core', 'ops'] }),
    });
    expect(outcomeOf(set, { team: 'ops' })).toBe('allow');
    expect(outcomeOf(set, { team: 'sales' })).toBe('unknown_scope');
  });

  it('are also those that a file is bound to', () => {
    const set = setOf(
      ...guarded(['all', {}]).documents,
      file({ policies: [policy('own')] }, { team: ['core'] }),
    );
    expect(outcomeOf(set, { team: 'core' })).toBe('allow');
    expect(outcomeOf(set, { team: 'ops' })).toBe('unknown_scope');
  });

  it('are not those of shadow policies, which change nothing', () => {
    const set = guarded(['all', {}], ['s', { mode: 'shadow', scope: { team: ['core'] } }]);
    expect(outcomeOf(set, { team: 'ops' })).toBe('allow');
  });

  it('a key that nothing names changes nothing', () => {
    expect(outcomeOf(guarded(['all', {}]), { floor: '7' })).toBe('allow');
  });
});

describe('a request that is refused as a whole', () => {
  const set = withSettings(guarded(['core', { scope: { team: ['core'] } }]), { tenants: ['blue'] });

  it.each<[string, Partial<RequestContext>, string]>([
    ['tenant_required', {}, 'the request names no tenant, and the policy declares tenants'],
    [
      'unknown_tenant',
      { tenant: 'red', scope: new Map([['team', 'sales']]) },
      'the tenant is not one that the policy declares',
    ],
    [
      'unknown_scope',
      { tenant: 'blue', scope: new Map([['team', 'sales']]) },
      'the value of scope key `team` is not one that the policy declares',
    ],
    [
      'no_policy_applies',
      { tenant: 'blue' },
      'no policy applies to this request, and the default is to block',
    ],
  ])('%s is said in words, with the policies that apply', (code, more, message) => {
    const { block, verdicts, policies } = decideOn(set, offering(['t1'], more));
    expect(block).toMatchObject({ code, message, httpStatus: 403, policy: '' });
    expect(verdicts).toMatchObject([{ ref: 't1', eligible: false, reasons: [{ code, message }] }]);
    const applied = { id: 'core', mode: 'enforce', counts: false, logSelection: false };
    expect(policies).toEqual(more.scope === undefined ? [applied] : []);
  });
});

describe('policies that apply', () => {
  it('none: the request is blocked, unless the bundle says otherwise', () => {
    const set = guarded(
      ['core', { scope: { team: ['core'] } }],
      ['ops', { scope: { team: ['ops'] } }],
    );
    expect(outcomeOf(set, {})).toBe('no_policy_applies');
    expect(outcomeOf(withSettings(set, { whenNoPolicyApplies: 'allow' }), {})).toBe('allow');
    expect(outcomeOf(set, { team: 'ops' })).toBe('allow');
    expect(outcomeOf(guarded(), {})).toBe('no_policy_applies');
  });

  it('shadow policies are none', () => {
    expect(outcomeOf(guarded(['s', { mode: 'shadow' }]), {})).toBe('no_policy_applies');
    expect(outcomeOf(guarded(['w', { mode: 'warn' }]), {})).toBe('allow');
  });

  it('one whose key is missing restricts and does not count', () => {
    const narrow: PolicyParts = {
      scope: { team: ['core'] },
      lists: [allow('provider', { provider: 'boreal' })],
    };
    expect(outcomeOf(guarded(['all', {}], ['core', narrow]), {})).toBe('provider_not_allowed');
    const open = withSettings(guarded(['core', narrow]), { whenNoPolicyApplies: 'allow' });
    expect(outcomeOf(open, {})).toBe('provider_not_allowed');
  });

  it('are recorded, widest first and then by id, with whether they count', () => {
    const set = guarded(
      ['z', { scope: { team: ['core'] } }],
      ['b', { logSelection: true }],
      ['a', { mode: 'shadow' }],
      ['c', { scope: { tenant: ['blue'], team: ['core'] }, mode: 'warn' }],
      ['d', { scope: { team: ['ops'] } }],
    );
    const request = offering(['t1'], { scope: new Map([['team', 'core']]) });
    expect(decideOn(set, request).policies).toEqual([
      { id: 'a', mode: 'shadow', counts: true, logSelection: false },
      { id: 'b', mode: 'enforce', counts: true, logSelection: true },
      { id: 'z', mode: 'enforce', counts: true, logSelection: false },
      { id: 'c', mode: 'warn', counts: false, logSelection: false },
    ]);
  });

  it('of a bound file need both scopes', () => {
    const set = setOf(
      ...guarded(['all', {}], ['x', { scope: { team: 'any', tenant: 'any' } }]).documents,
      file(
        {
          policies: [
            policy('own', {
              scope: { tenant: ['blue'] },
              lists: [allow('provider', { provider: 'boreal' })],
            }),
          ],
        },
        { team: ['core'] },
      ),
    );
    expect(outcomeOf(set, { team: 'core', tenant: 'blue' })).toBe('provider_not_allowed');
    expect(outcomeOf(set, { team: 'core', tenant: 'red' })).toBe('allow');
    expect(outcomeOf(set, { team: 'ops', tenant: 'blue' })).toBe('allow');
    expect(outcomeOf(set, { tenant: 'blue' })).toBe('provider_not_allowed');
  });
});

describe('a bound file’s targets', () => {
  it('exist only where it matches', () => {
    const set = setOf(
      file({ providers: [provider('acme')], policies: [policy('p', { scope: {} })] }),
      file({ targets: [target('t1')], policies: [policy('q')] }, { team: ['core'] }),
    );
    const asked = (scope: readonly (readonly [string, string])[]) =>
      eligibleRefs(decideOn(set, offering(['t1'], { scope: new Map(scope) })));
    expect(asked([['team', 'core']])).toEqual(['t1']);
    expect(asked([])).toEqual([]);
  });
});

describe('what applies', () => {
  it('says what each policy wishes to have recorded, if it says so', () => {
    const set = guarded(
      ['all', { records: { recordsAll: true } }],
      ['few', { records: { recordsAll: false } }],
      ['silent', {}],
    );
    const wishes = decideOn(set, offering(['t1'])).policies.map((each) => [
      each.id,
      'recordsAll' in each,
      each.recordsAll,
    ]);
    expect(wishes).toEqual([
      ['all', true, true],
      ['few', true, false],
      ['silent', false, undefined],
    ]);
  });
});
