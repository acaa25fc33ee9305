import type { Policy, Scope } from '../../src/core/model/policy';
import { scope } from '../generators/policies';
import type { Source } from '../generators/source';
import { agreedAnswer, answer, CASES, isRefusedWhole } from './support/decisions';
import type { Case } from './support/decisions';
import { addPolicy, mapPolicies } from './support/edits';
import { parseNative } from './support/native-files';
import { openCase } from './support/open-cases';
import { check, Spread } from './support/runs';
import { policy } from './support/small-world';

/** True if the request states every key of the scope, with a value that matches. */
function matchesWhole(of: Scope | undefined, { request: { context } }: Case): boolean {
  return [...(of ?? [])].every(([key, values]) => {
    const value = key === 'tenant' ? context.tenant : context.scope.get(key);
    return value !== undefined && (values === 'any' || values.includes(value));
  });
}

/** True if some policy that enforces or warns is for the request by every key that it names. */
function someCounts(one: Case): boolean {
  return one.set.documents.some(({ binding, document: { policies } }) =>
    policies.some(
      (each) =>
        each.mode !== 'shadow' && matchesWhole(binding, one) && matchesWhole(each.scope, one),
    ),
  );
}

const withDefault = (one: Case, whenNoPolicyApplies: 'allow' | 'block'): Case => ({
  ...one,
  set: { ...one.set, settings: { ...one.set.settings, whenNoPolicyApplies } },
});

describe('L10: no applicable policy blocks', () => {
  test('exactly where no policy that counts matches every key, unless the bundle says otherwise', () => {
    const spread = new Spread();
    check(CASES, 1_000, (generated) => {
      const one = withDefault(generated, 'block');
      const { block } = agreedAnswer(one);
      const others = ['invalid_request', 'tenant_required', 'unknown_tenant', 'unknown_scope'];
      if (block !== undefined && others.includes(block.code)) {
        spread.add('refused before');
        return;
      }
      expect(block?.code === 'no_policy_applies').toBe(!someCounts(one));
      spread.add(someCounts(one) ? 'some policy' : 'no policy');
      const open = agreedAnswer(withDefault(generated, 'allow'));
      expect(open.block?.code).not.toBe('no_policy_applies');
      spread.add(`by default ${open.outcome}`);
    });
    spread.expectAtLeast(100, 'some policy', 'no policy', 'by default block');
    spread.expectAtLeast(40, 'by default allow');
  });

  test('shadow policies do not count', () => {
    const spread = new Spread();
    check(openCase, 400, (generated) => {
      const one = withDefault(generated, 'block');
      const set = mapPolicies(one.set, (each): readonly Policy[] => [{ ...each, mode: 'shadow' }]);
      const { outcome, block } = agreedAnswer({ ...one, set });
      expect(outcome).toBe('block');
      spread.add(block?.code ?? 'none');
    });
    spread.expectAtLeast(200, 'no_policy_applies');
  });

  test('a policy whose key the request lacks restricts all the same, but does not count', () => {
    const spread = new Spread();
    const make = (source: Source) => {
      const { set, request } = openCase(source);
      const key = 'a-key-that-no-request-has';
      const wide = new Map([...scope(source, 10), [key, 'any' as const]]);
      return { set, request, more: policy('needs-a-key', [], { scope: wide }) };
    };
    check(make, 400, ({ set, request, more }) => {
      const none = mapPolicies(set, () => []);
      const bare = withDefault({ set: addPolicy(none, more), request }, 'block');
      expect(answer(bare).outcome).toBe('block');
      const before = answer({ set, request });
      const deny = { subject: 'model', effect: 'deny', position: more.position } as const;
      const all = { pattern: { model: '*' }, text: '*', future: false, position: more.position };
      const strict = { ...more, scope: new Map([['a-key-that-no-request-has', 'any' as const]]) };
      const after = agreedAnswer({
        set: addPolicy(set, { ...strict, lists: [{ ...deny, entries: [all] }] }),
        request,
      });
      const isNamed = after.verdicts.every(({ reasons }) =>
        reasons.some((reason) => reason.policy === 'needs-a-key'),
      );
      if (!isRefusedWhole(before) && before.eligible.length > 0) {
        expect(after.eligible).toEqual([]);
        spread.add(isNamed ? 'restricts' : 'blocked otherwise');
      }
    });
    spread.expectAtLeast(100, 'restricts');
  });

  test('a root file opens the default, and says so in one word', () => {
    const text = (line: string): string =>
      `apiVersion: ambit/v1\nkind: Bundle\nmetadata: { name: root }\nspec:\n  ${line}\n`;
    const settings = (line: string) => parseNative(text(line)).bundle?.settings.whenNoPolicyApplies;
    expect(settings('default: allow')).toBe('allow');
    expect(settings('default: block')).toBe('block');
    expect(settings('revision: 1')).toBe('block');
    expect(settings('default: open')).toBeUndefined();
  });
});
