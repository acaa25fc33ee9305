import type { Claim } from '../../../src/core/model/claim';
import {
  allow,
  claim,
  FAILING,
  file,
  offering,
  policy,
  provider,
  REQUIRE_ZDR,
  setOf,
  target,
  ZDR,
  type PolicyParts,
} from './support/build';
import { codesFor, decideOn, eligibleRefs, verdictFor } from './support/decided';

const GDPR = claim('gdpr', true);
const NEEDS_GDPR = { kind: 'gdpr' } as const;
const IN_CORE = { team: ['core'] } as const;

/** A set with targets by their claims, and the policies. */
function warned(
  targets: Readonly<Record<string, readonly Claim[]>>,
  policies: Readonly<Record<string, PolicyParts>>,
) {
  return setOf(
    file({
      providers: [provider('acme')],
      targets: Object.entries(targets).map(([id, claims]) => target(id, { claims })),
      policies: Object.entries(policies).map(([id, more]) => policy(id, more)),
    }),
  );
}

const asked = (targets: readonly string[], preferences = {}) => offering(targets, { preferences });

const WARN_ZDR: PolicyParts = { mode: 'warn', rules: [REQUIRE_ZDR] };

describe('a warn policy', () => {
  it('that something meets holds', () => {
    const set = warned({ a: [], b: [ZDR] }, { w: WARN_ZDR });
    const decision = decideOn(set, asked(['a', 'b']));
    expect(decision.outcome).toBe('allow');
    expect(eligibleRefs(decision)).toEqual(['b']);
    expect(codesFor(decision, 'a')).toEqual(['claim_unknown']);
  });

  it('that nothing meets gives way, and each verdict carries what it does not meet', () => {
    const set = warned({ a: [], b: [claim('zero_data_retention', false)] }, { w: WARN_ZDR });
    const decision = decideOn(set, asked(['a', 'b']));
    expect(decision.outcome).toBe('warn');
    expect(decision.block).toBeUndefined();
    expect(eligibleRefs(decision)).toEqual(['a', 'b']);
    expect(codesFor(decision, 'a')).toEqual(['claim_unknown']);
    expect(codesFor(decision, 'b')).toEqual(['claim_contrary']);
    expect(verdictFor(decision, 'a').reasons).toMatchObject([{ policy: 'w', state: 'unknown' }]);
    expect(decision.warnings).toEqual([
      {
        code: 'warn_policy_gave_way',
        message:
          'policy `w` only warns, and gave way: no target meets it with all else that applies',
      },
    ]);
  });

  it('puts fewest unmet first', () => {
    const rules = [REQUIRE_ZDR, NEEDS_GDPR, { kind: 'iso27001' }] as const;
    const set = warned({ a: [], b: [ZDR], c: [ZDR, GDPR] }, { w: { mode: 'warn', rules } });
    expect(eligibleRefs(decideOn(set, asked(['a', 'b', 'c'])))).toEqual(['c', 'b', 'a']);
  });

  it('gives way for an expired claim', () => {
    const set = warned({ a: [{ ...ZDR, expiresAtMs: 0 }] }, { w: WARN_ZDR });
    expect(decideOn(set, asked(['a'])).outcome).toBe('warn');
  });

  it('never gives way for an error', () => {
    const set = warned({ a: [GDPR], b: [] }, { w: { mode: 'warn', rules: [FAILING] } });
    const decision = decideOn(set, asked(['a', 'b']));
    expect(decision.outcome).toBe('warn');
    expect(eligibleRefs(decision)).toEqual(['b']);
    expect(codesFor(decision, 'a')).toEqual(['evaluation_error']);
  });

  it('never gives way for conflicting claims', () => {
    const set = warned({ a: [ZDR] }, { w: WARN_ZDR });
    const other = file({
      targets: [target('a', { claims: [claim('zero_data_retention', false)] })],
    });
    const decision = decideOn({ ...set, documents: [...set.documents, other] }, asked(['a']));
    expect(decision.outcome).toBe('block');
    expect(codesFor(decision, 'a')).toEqual(['claim_conflicting']);
  });

  it('never gives way for unknown targets and gateways that route on', () => {
    const set = warned({ g: [claim('nested_gateway', 'routes_on')] }, { w: WARN_ZDR });
    const decision = decideOn(set, asked(['g', 'nowhere']));
    expect(decision.outcome).toBe('block');
    expect(codesFor(decision, 'g')).toContain('nested_gateway');
    expect(codesFor(decision, 'nowhere')).toEqual(['unknown_target']);
  });

  it('enforces its lists', () => {
    const lists = [allow('provider', { provider: 'boreal' })];
    const set = warned({ a: [ZDR] }, { w: { mode: 'warn', lists } });
    expect(decideOn(set, asked(['a'])).block?.code).toBe('provider_not_allowed');
  });

  it('gives way only within what enforcing policies leave', () => {
    const set = warned({ a: [ZDR], b: [GDPR] }, { e: { rules: [NEEDS_GDPR] }, w: WARN_ZDR });
    const decision = decideOn(set, asked(['a', 'b']));
    expect(decision.outcome).toBe('warn');
    expect(eligibleRefs(decision)).toEqual(['b']);
  });
});

describe('several warn policies', () => {
  const TARGETS = { z: [ZDR], g: [GDPR] };

  it('of different width: the wider one is taken first, the narrower over what it left', () => {
    const wideFirst = {
      wide: WARN_ZDR,
      narrow: { mode: 'warn', rules: [NEEDS_GDPR], scope: IN_CORE },
    } as const;
    const request = offering(['z', 'g'], { scope: new Map([['team', 'core']]) });
    const decision = decideOn(warned(TARGETS, wideFirst), request);
    expect(decision.outcome).toBe('warn');
    expect(eligibleRefs(decision)).toEqual(['z']);
    expect(codesFor(decision, 'z')).toEqual(['claim_unknown']);
    expect(verdictFor(decision, 'z').reasons).toMatchObject([{ policy: 'narrow' }]);
  });

  it('of one width that can only be met apart all give way', () => {
    const equal = { a: WARN_ZDR, b: { mode: 'warn', rules: [NEEDS_GDPR] } } as const;
    const decision = decideOn(warned(TARGETS, equal), asked(['z', 'g']));
    expect(decision.outcome).toBe('warn');
    expect(eligibleRefs(decision)).toEqual(['z', 'g']);
    expect(decision.warnings).toHaveLength(2);
  });

  it('of one width: one that nothing meets does not take the other with it', () => {
    const equal = { a: WARN_ZDR, b: { mode: 'warn', rules: [{ kind: 'iso27001' }] } } as const;
    const decision = decideOn(warned(TARGETS, equal), asked(['z', 'g']));
    expect(eligibleRefs(decision)).toEqual(['z']);
    expect(decision.warnings.map(({ message }) => message)).toEqual([
      'policy `b` only warns, and gave way: no target meets it with all else that applies',
    ]);
  });
});

describe('what a narrower warn policy is settled over', () => {
  const ISO = claim('iso27001', true);
  const narrow = { mode: 'warn', scope: IN_CORE } as const;
  const inCore = (...targets: readonly string[]) =>
    offering(targets, { scope: new Map([['team', 'core']]) });

  it('is what meets all of the wider ones that hold', () => {
    const policies = {
      a: WARN_ZDR,
      b: { mode: 'warn', rules: [NEEDS_GDPR] },
      narrow: { ...narrow, rules: [{ kind: 'iso27001' }] },
    } as const;
    const set = warned({ both: [ZDR, GDPR], one: [ZDR, ISO] }, policies);
    const decision = decideOn(set, inCore('both', 'one'));
    expect([decision.outcome, eligibleRefs(decision)]).toEqual(['warn', ['both']]);
  });

  it('is nothing that a wider one keeps out although it gave way', () => {
    const policies = {
      wide: { mode: 'warn', rules: [FAILING, { kind: 'iso27001' }] },
      narrow: { ...narrow, rules: [REQUIRE_ZDR] },
    } as const;
    // The first fails to evaluate, so it does not meet the narrow policy for the second.
    const set = warned({ failing: [GDPR, ZDR], silent: [] }, policies);
    const decision = decideOn(set, inCore('failing', 'silent'));
    expect([decision.outcome, eligibleRefs(decision)]).toEqual(['warn', ['silent']]);
  });
});

describe('request filters', () => {
  const set = warned({ a: [], b: [ZDR] }, { w: WARN_ZDR });

  it('come after: the request cannot make a policy give way', () => {
    const decision = decideOn(set, asked(['a', 'b'], { only: ['a'] }));
    expect(decision.outcome).toBe('block');
    expect(codesFor(decision, 'a')).toEqual(['claim_unknown']);
    expect(codesFor(decision, 'b')).toEqual(['request_only']);
  });

  it('only shrink a WARN answer, to a block if nothing is left', () => {
    const open = warned({ a: [], b: [GDPR] }, { w: WARN_ZDR });
    const some = decideOn(open, asked(['a', 'b'], { only: ['b'] }));
    expect([some.outcome, eligibleRefs(some)]).toEqual(['warn', ['b']]);
    const none = decideOn(open, asked(['a', 'b'], { only: [] }));
    expect(none.block?.code).toBe('request_filters_leave_none');
  });

  it('leave the reasons that gave way on the verdicts that they block', () => {
    const open = warned({ a: [], b: [] }, { w: WARN_ZDR });
    const decision = decideOn(open, asked(['a', 'b'], { only: ['a'] }));
    expect(codesFor(decision, 'b')).toEqual(['request_only', 'claim_unknown']);
  });
});

describe('a shadow policy', () => {
  const shadow = {
    mode: 'shadow',
    rules: [REQUIRE_ZDR, FAILING],
    lists: [allow('provider', { provider: 'boreal' })],
  } as const;

  it('changes nothing, and records what it would have said', () => {
    const bare = decideOn(warned({ a: [GDPR], b: [] }, { p: {} }), asked(['a', 'b']));
    const decision = decideOn(
      warned({ a: [GDPR], b: [] }, { p: {}, s: shadow }),
      asked(['a', 'b']),
    );
    expect({ ...decision, shadow: [], policies: [] }).toEqual({
      ...bare,
      shadow: [],
      policies: [],
    });
    expect(
      decision.shadow.map(({ policy: id, ref, reasons }) => [
        id,
        ref,
        reasons.map(({ code }) => code),
      ]),
    ).toEqual([
      ['s', 'a', ['provider_not_allowed', 'claim_unknown', 'evaluation_error']],
      ['s', 'b', ['provider_not_allowed', 'claim_unknown', 'claim_unknown']],
    ]);
  });

  it('records nothing of what it finds met', () => {
    const met = { mode: 'shadow', rules: [REQUIRE_ZDR] } as const;
    expect(decideOn(warned({ a: [ZDR] }, { p: {}, s: met }), asked(['a'])).shadow).toEqual([]);
  });
});

describe('a narrower warn policy', () => {
  const policies = {
    wide: WARN_ZDR,
    narrow: { mode: 'warn', scope: IN_CORE, rules: [NEEDS_GDPR] },
  } as const;
  const inCore = (targets: readonly string[]) =>
    offering(targets, { scope: new Map([['team', 'core']]) });

  it('holds beside a wider one where something that the wider one left meets it', () => {
    const set = warned({ a: [ZDR, GDPR], b: [ZDR], c: [GDPR] }, policies);
    const decision = decideOn(set, inCore(['a', 'b', 'c']));
    expect([decision.outcome, eligibleRefs(decision)]).toEqual(['allow', ['a']]);
  });

  it('gives way where only what the wider one keeps out meets it', () => {
    const set = warned({ a: [ZDR], b: [GDPR] }, policies);
    const decision = decideOn(set, inCore(['a', 'b']));
    expect([decision.outcome, eligibleRefs(decision)]).toEqual(['warn', ['a']]);
  });
});
