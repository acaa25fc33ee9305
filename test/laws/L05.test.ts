import type { PolicySet } from '../../src/core/model/policy-set';
import type { Reason } from '../../src/core/model/reason';
import { LAYER_ORDER } from '../oracle/reasons';
import { KIND_ORDER } from '../oracle/requirements';
import { CASES, agreedAnswer, isRefusedWhole } from './support/decisions';
import { OPEN_CASES } from './support/open-cases';
import { check, Spread } from './support/runs';

/** Scope keys of each policy with those of its file, and its id: what orders policies within a layer. */
function widths(set: PolicySet): ReadonlyMap<string, string> {
  return new Map(
    set.documents.flatMap(({ binding, document }) =>
      document.policies.map(({ id, scope }): readonly [string, string] => {
        const keys = new Set([...(binding?.keys() ?? []), ...scope.keys()]);
        return [id, `${String(keys.size)} ${id}`];
      }),
    ),
  );
}

/** The place of a reason as a text that sorts. */
function place({ layer, policy, requirement, code }: Reason, width: ReadonlyMap<string, string>) {
  const kind = KIND_ORDER.findIndex((one) => one === requirement);
  const within = code.endsWith('_denied') ? 'b' : code.endsWith('_not_allowed') ? 'a' : '';
  const registry = layer === 'requirements' ? String(kind).padStart(2, '0') : within;
  return [String(LAYER_ORDER.indexOf(layer)), width.get(policy) ?? '', registry].join(' | ');
}

describe.each([
  ['any cases', CASES],
  ['cases in which most is eligible', OPEN_CASES],
])('L5: one verdict each, in %s', (_, cases) => {
  test('verdicts cover the candidates in their order; eligible and blocked are disjoint', () => {
    const spread = new Spread();
    check(cases, 700, ({ set, request }) => {
      const decision = agreedAnswer({ set, request });
      const { verdicts, eligible, outcome, block } = decision;
      const refs = verdicts.map(({ ref }) => ref);
      expect(new Set(refs).size).toBe(refs.length);
      if (request.candidates !== undefined) {
        expect(refs).toEqual(request.candidates.map(({ ref }) => ref));
      }
      const open = verdicts.filter((verdict) => verdict.eligible).map(({ ref }) => ref);
      expect(eligible.map(({ ref }) => ref).sort()).toEqual([...open].sort());
      expect(verdicts.every((verdict) => verdict.eligible || verdict.reasons.length > 0)).toBe(
        true,
      );
      expect([outcome === 'block', block !== undefined]).toEqual([
        eligible.length === 0,
        eligible.length === 0,
      ]);
      spread.add(isRefusedWhole(decision) ? 'refused' : outcome);
      spread.add(`${String(Math.min(eligible.length, 2))} of ${String(Math.min(refs.length, 3))}`);
    });
    spread.expectAtLeast(8, 'allow', 'warn', 'block', '1 of 3', '2 of 3', '0 of 3');
  });

  test('all reasons stand in the order of layer, policy (widest, then id) and registry', () => {
    const spread = new Spread();
    check(cases, 500, (one) => {
      const width = widths(one.set);
      for (const { reasons } of agreedAnswer(one).verdicts) {
        const places = reasons.map((reason) => place(reason, width));
        expect(places).toEqual([...places].sort());
        spread.add(reasons.length > 3 ? 'many' : String(reasons.length));
        spread.add(new Set(reasons.map(({ layer }) => layer)).size > 1 ? 'several layers' : 'one');
        spread.add(
          new Set(reasons.map(({ policy }) => policy)).size > 2 ? 'several policies' : 'few',
        );
      }
    });
    spread.expectAtLeast(20, '1', '2', 'many', 'several layers');
    spread.expectAtLeast(12, 'several policies');
  });
});
