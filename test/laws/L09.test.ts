import type { Policy } from '../../src/core/model/policy';
import { preferences } from '../generators/requests';
import { policy } from '../generators/policies';
import type { Source } from '../generators/source';
import {
  agreedAnswer,
  answer,
  CASES,
  countOutcome,
  eligibleRefs,
  expectNothingAdded,
  isRefusedWhole,
  withPreferences,
} from './support/decisions';
import type { Case } from './support/decisions';
import { addPolicy, mapPolicies, policiesOf } from './support/edits';
import { openCase } from './support/open-cases';
import { check, Spread } from './support/runs';
import {
  claim,
  document,
  policy as smallPolicy,
  requestFor,
  setOf,
  target,
} from './support/small-world';
import { without } from '../support/without';

/** A case with one more warn policy than was generated, and no filters of the request. */
function warnCase(source: Source): Case {
  const { set, request } = openCase(source);
  const more: Policy = { ...policy(source, 'warn-more'), mode: 'warn', lists: [] };
  return { set: addPolicy(set, more), request: withPreferences(request, {}) };
}

describe('L9: warn and shadow', () => {
  test('only what is contrary, unknown or expired gives way, and what is carried is told', () => {
    const spread = new Spread();
    check(warnCase, 900, (one) => {
      const decision = agreedAnswer(one);
      const modes = new Map(policiesOf(one.set).map(({ id, mode }) => [id, mode]));
      for (const { reasons } of decision.eligible) {
        for (const { state, policy: id, layer } of reasons) {
          expect(['contrary', 'unknown', 'expired']).toContain(state);
          expect([modes.get(id), layer]).toEqual(['warn', 'requirements']);
          spread.add(state);
        }
      }
      expect(
        decision.eligible.some(({ reasons }) => reasons.length > 0) && decision.outcome === 'allow',
      ).toBe(false);
      countOutcome(decision, spread);
    });
    spread.expectAtLeast(100, 'warn', 'allow', 'contrary', 'unknown');
    spread.expectAtLeast(5, 'expired', 'claim_conflicting');
    spread.expectAtLeast(1, 'evaluation_error');
  });

  test('a WARN answer stands in the order of fewest unmet, then of the caller', () => {
    const spread = new Spread();
    check(warnCase, 700, (one) => {
      const decision = agreedAnswer(one);
      if (decision.outcome !== 'warn') {
        return;
      }
      const places = new Map(decision.verdicts.map(({ ref }, i) => [ref, i]));
      const unmet = decision.eligible.map(
        ({ reasons }) => new Set(reasons.map(({ position }) => JSON.stringify(position))).size,
      );
      const keys = decision.eligible.map(
        ({ ref }, i) => (unmet[i] ?? 0) * 100 + (places.get(ref) ?? 0),
      );
      expect(keys).toEqual([...keys].sort((a, b) => a - b));
      spread.add(new Set(unmet).size > 1 ? 'different' : 'equal');
    });
    spread.expectAtLeast(10, 'different');
    spread.expectAtLeast(60, 'equal');
  });

  test('a policy that something meets holds as if it were enforced', () => {
    const spread = new Spread();
    const make = (source: Source) => {
      const { set, request } = openCase(source);
      const bare = mapPolicies(set, (one) => (one.mode === 'warn' ? [] : [one]));
      const warn: Policy = { ...policy(source, 'the-only-one'), mode: 'warn', lists: [] };
      return { set: bare, request: withPreferences(request, {}), warn };
    };
    check(make, 800, ({ set, request, warn }) => {
      const enforced = answer({ set: addPolicy(set, { ...warn, mode: 'enforce' }), request });
      const warned = agreedAnswer({ set: addPolicy(set, warn), request });
      const without = answer({ set, request });
      if (isRefusedWhole(enforced) || isRefusedWhole(without)) {
        return;
      }
      if (enforced.eligible.length > 0) {
        expect([warned.outcome, eligibleRefs(warned)]).toEqual(['allow', eligibleRefs(enforced)]);
        spread.add(enforced.eligible.length < without.eligible.length ? 'narrowed' : 'met by all');
      } else {
        // Nothing meets it: what is left is what it was, but for errors and conflicts.
        expectNothingAdded(without, warned);
        spread.add(warned.outcome === 'warn' ? 'gave way' : 'never gives way');
      }
    });
    spread.expectAtLeast(50, 'gave way', 'met by all');
    spread.expectAtLeast(10, 'narrowed');
  });

  test('request filters then only shrink a WARN answer, to BLOCK if nothing is left', () => {
    const spread = new Spread();
    const make = (source: Source) => {
      const wish = without(preferences(source), 'allowFallbacks');
      return { ...warnCase(source), wish };
    };
    check(make, 900, ({ set, request, wish }) => {
      const before = answer({ set, request });
      if (before.outcome !== 'warn') {
        return;
      }
      const after = agreedAnswer({ set, request: withPreferences(request, wish) });
      expectNothingAdded(before, after);
      expect(after.outcome).toBe(after.eligible.length === 0 ? 'block' : 'warn');
      spread.add(after.outcome);
    });
    spread.expectAtLeast(50, 'warn', 'block');
  });

  test('lists never give way', () => {
    const spread = new Spread();
    check(CASES, 500, ({ set, request }) => {
      const bare = mapPolicies(set, (one) => [{ ...one, requirements: [] }]);
      const enforced = mapPolicies(bare, (one) =>
        one.mode === 'warn' ? [{ ...one, mode: 'enforce' }] : [one],
      );
      const warned = agreedAnswer({ set: bare, request });
      const { verdicts, outcome, block } = answer({ set: enforced, request });
      expect({ verdicts: warned.verdicts, outcome: warned.outcome, block: warned.block }).toEqual({
        verdicts,
        outcome,
        block,
      });
      countOutcome(warned, spread);
    });
    spread.expectAtLeast(10, 'allow', 'block', 'provider_denied', 'provider_not_allowed');
  });

  test('shadow policies change nothing, their errors included', () => {
    const spread = new Spread();
    const make = (source: Source) => {
      const { set, request } = openCase(source);
      const broken: Policy = {
        ...policy(source, 'broken'),
        mode: 'shadow',
        requirements: [
          {
            rule: {
              kind: 'expression',
              text: 'broken',
              claims: [],
              program: () => {
                throw new Error('a program must not throw');
              },
            },
            position: { file: 's.yaml', line: 1, column: 1 },
          },
        ],
      };
      return { set: addPolicy(set, broken), request };
    };
    check(make, 700, ({ set, request }) => {
      const without = mapPolicies(set, (one) => (one.mode === 'shadow' ? [] : [one]));
      const { outcome, verdicts, eligible, block, shadow } = agreedAnswer({ set, request });
      const plain = answer({ set: without, request });
      expect({ outcome, verdicts, eligible, block }).toEqual({
        outcome: plain.outcome,
        verdicts: plain.verdicts,
        eligible: plain.eligible,
        block: plain.block,
      });
      spread.add(outcome);
      spread.add(shadow.length > 0 ? 'recorded' : 'nothing recorded');
      spread.add(
        shadow.some(({ reasons }) => reasons.some(({ code }) => code === 'evaluation_error'))
          ? 'error recorded'
          : 'no error',
      );
    });
    spread.expectAtLeast(60, 'allow', 'block', 'recorded', 'error recorded');
  });

  test('each warn policy is taken over what wider ones left, candidates that are filtered later included', () => {
    const zdr = { kind: 'require_zero_data_retention' as const };
    const soc2 = { kind: 'soc2' as const };
    const targets = [
      target('a', { claims: [claim('zero_data_retention', true)] }),
      target('b', { claims: [claim('soc2', 'type2')] }),
      target('c', { claims: [] }),
    ];
    const decide = (policies: readonly Policy[], ignore: readonly string[] = []) => {
      const { outcome, eligible } = agreedAnswer({
        set: setOf(document({ targets, policies })),
        request: requestFor(['c', 'b', 'a'], { tenant: 'x', preferences: { ignore } }),
      });
      return [outcome, ...eligible.map(({ ref }) => ref)];
    };
    const wide = smallPolicy('wide', [zdr], { mode: 'warn' });
    const narrow = smallPolicy('narrow', [soc2], {
      mode: 'warn',
      scope: new Map([['tenant', 'any']]),
    });
    expect(decide([wide])).toEqual(['allow', 'a']);
    expect(decide([wide, narrow])).toEqual(['warn', 'a']);
    expect(decide([wide, { ...narrow, scope: new Map() }])).toEqual(['warn', 'b', 'a', 'c']);
    // `a` meets the policy, so the policy holds, although the request then takes `a` away.
    expect(decide([wide], ['a'])).toEqual(['block']);
  });
});
