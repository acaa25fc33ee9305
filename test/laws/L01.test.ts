import { compileBundle } from '../../src/core/engine/compile';
import { decide } from '../../src/core/engine/decide';
import type { Claim } from '../../src/core/model/claim';
import type { Decision } from '../../src/core/model/decision';
import type { Policy } from '../../src/core/model/policy';
import type { RequirementRule } from '../../src/core/model/requirement';
import { NOW_MS } from '../generators/alphabet';
import { requirements } from '../generators/policies';
import { pick } from '../generators/source';
import type { Source } from '../generators/source';
import { claimsOf, KIND_ORDER } from '../oracle/requirements';
import {
  agreedAnswer,
  answer,
  CASES,
  countNarrowing,
  countOutcome,
  expectNothingAdded,
  isRefusedWhole,
  withContext,
  withPreferences,
} from './support/decisions';
import type { Case } from './support/decisions';
import {
  addPolicy,
  mapClaims,
  mapInlineClaims,
  mapPolicies,
  onlyEnforcing,
  policiesOf,
} from './support/edits';
import { openCase } from './support/open-cases';
import { check, Spread } from './support/runs';
import { document, policy, requestFor, setOf, target } from './support/small-world';
import { RULE_OF_KIND } from './support/rules';
import { without } from '../support/without';

/** Faults strike while deciding only: a bundle that cannot be compiled never serves. */
let isArmed = false;

/** A rule that fails as soon as anything but its kind is read. */
const UNREADABLE = (rule: RequirementRule): RequirementRule =>
  new Proxy(rule, {
    get: (of, key): unknown => {
      if (key === 'kind' || !isArmed) {
        return Reflect.get(of, key);
      }
      throw new Error('this rule cannot be read');
    },
  });

/** What can go wrong inside a requirement; each must be an error, and an error must block. */
const FAULTS: readonly ((rule: RequirementRule) => RequirementRule)[] = [
  () => broken(() => ({ error: 'no such overload' })),
  () =>
    broken(() => {
      throw new Error('a program must not throw');
    }),
  UNREADABLE,
  () => broken(() => ({ holds: 'yes' }) as unknown as { holds: boolean }),
  () => ({ kind: 'require_something_new' }) as unknown as RequirementRule,
];

function answerWithFaults({ set, request }: Case): Decision {
  const bundle = compileBundle(set, 'faulty');
  isArmed = true;
  try {
    return decide(bundle, request, NOW_MS);
  } finally {
    isArmed = false;
  }
}

function broken(
  program: Extract<RequirementRule, { kind: 'expression' }>['program'],
): RequirementRule {
  return { kind: 'expression', text: 'broken', claims: [], program };
}

/** Kinds that read nothing but their kind; a rule that cannot be read is whole for them. */
const SWITCHES: readonly string[] = KIND_ORDER.filter(
  (kind) => Object.keys(RULE_OF_KIND[kind]).length === 1,
);

/** True if the fault strikes before the rule can hold. Where nothing is retained, no regions are read. */
function canFail({ kind }: RequirementRule, fault: (typeof FAULTS)[number]): boolean {
  return !SWITCHES.includes(kind) && !(fault === UNREADABLE && kind === 'storage_regions');
}

/** A policy that demands one to three things, one of which fails to be evaluated. */
function faultyPolicy(source: Source): Policy {
  const all = [...requirements(source, 2).map(({ rule }) => rule), RULE_OF_KIND.certifications];
  const fault = pick(source, FAULTS);
  const victims = all.filter((rule) => canFail(rule, fault));
  const victim = pick(source, victims);
  const rules = all.map((rule) => (rule === victim ? fault(rule) : rule));
  return policy('faulty', rules, { mode: pick(source, ['enforce', 'warn']) });
}

describe('L1: fail closed', () => {
  test('without any claim, no kind of requirement holds', () => {
    for (const kind of KIND_ORDER.filter((one) => one !== 'minimum_assurance')) {
      const set = setOf(
        document({ targets: [target('t')], policies: [policy('p', [RULE_OF_KIND[kind]])] }),
      );
      const { verdicts } = agreedAnswer({ set, request: requestFor(['t']) });
      expect([kind, verdicts[0]?.reasons.map(({ code }) => code)]).toEqual([
        kind,
        ['claim_unknown'],
      ]);
    }
  });

  test('deleting a claim everywhere adds no target to what enforcing policies leave', () => {
    const spread = new Spread();
    const cases = (source: Source) => {
      const { set, request } = openCase(source, onlyEnforcing);
      // Without a fallback, one that falls gives way to the next, which is not what is meant here.
      const preferences = without(request.context.preferences, 'allowFallbacks');
      const names = policiesOf(set).flatMap((one) =>
        one.requirements.flatMap(({ rule }) => claimsOf(rule)),
      );
      return {
        set,
        request: withPreferences(request, preferences),
        name: names.length === 0 ? ('gdpr' as const) : pick(source, names),
      };
    };
    check(cases, 800, ({ set, request, name }) => {
      const drop = (claim: { readonly name: string }) => claim.name !== name;
      const before = answer({ set, request });
      const after = answer({
        set: mapClaims(set, (claim) => (drop(claim) ? [claim] : [])),
        request: mapInlineClaims(request, (claim) => (drop(claim) ? [claim] : [])),
      });
      expectNothingAdded(before, after);
      countNarrowing(before, after, spread);
    });
    spread.expectAtLeast(15, 'kept', 'emptied');
  });

  test('whatever goes wrong in a requirement leaves every target blocked', () => {
    const spread = new Spread();
    const cases = (source: Source) => {
      return { ...openCase(source), faulty: faultyPolicy(source) };
    };
    check(cases, 600, ({ set, request, faulty }) => {
      const before = answer({ set, request });
      const after = answerWithFaults({ set: addPolicy(set, faulty), request });
      expect(after.outcome).toBe('block');
      expect(after.eligible).toEqual([]);
      countNarrowing(before, after, spread);
      const blocked = after.verdicts.flatMap(({ reasons }) => reasons);
      if (blocked.some(({ code }) => code === 'evaluation_error')) {
        spread.add('evaluation_error');
      }
    });
    spread.expectAtLeast(100, 'emptied', 'evaluation_error');
  });

  test('a fault in any one requirement that would hold blocks its target', () => {
    const spread = new Spread();
    const cases = (source: Source) => {
      return { ...openCase(source, onlyEnforcing), fault: pick(source, FAULTS), source };
    };
    check(cases, 1_200, ({ set, request, fault, source }) => {
      const before = answer({ set, request });
      const applied = new Set(before.policies.map(({ id }) => id));
      const demanding = set.documents
        .flatMap(({ document: { policies } }) => policies)
        .filter(({ id, mode }) => applied.has(id) && mode === 'enforce')
        .filter(({ authors }) => authors === undefined)
        .flatMap(({ requirements: all }) => all)
        .filter(({ rule }) => canFail(rule, fault));
      if (demanding.length === 0 || before.eligible.length === 0) {
        spread.add('nothing to break');
        return;
      }
      const victim = pick(source, demanding);
      const faulty = mapPolicies(set, (one) => [
        {
          ...one,
          requirements: one.requirements.map((each) =>
            each === victim ? { ...each, rule: fault(each.rule) } : each,
          ),
        },
      ]);
      const after = answerWithFaults({ set: faulty, request });
      expect(after.eligible).toEqual([]);
      spread.add(victim.rule.kind);
      spread.add('broken');
    });
    spread.expectAtLeast(25, 'broken');
    spread.expectAtLeast(1, 'max_retention_days', 'processing_regions');
  });

  test('tenants and scope values that nothing declares block', () => {
    const spread = new Spread();
    check(CASES, 800, ({ set, request }) => {
      const tenant = answer({ set, request: withContext(request, { tenant: 'stranger' }) });
      const scope = new Map([...request.context.scope, ['team', 'stranger']]);
      const team = answer({ set, request: withContext(request, { scope }) });
      for (const [key, decision] of [
        ['tenant', tenant],
        ['team', team],
      ] as const) {
        const names = namesOf(key, set, request);
        spread.add(`${key} ${names}`);
        expect(names === 'closed' ? decision.outcome : 'block').toBe('block');
        expect(names !== 'closed' || isRefusedWhole(decision)).toBe(true);
      }
    });
    spread.expectAtLeast(50, 'tenant closed', 'team closed', 'tenant open', 'team open');
  });

  test('names that the catalog lacks match nothing in preferences, and warnings say so', () => {
    const spread = new Spread();
    check(CASES, 600, ({ set: generated, request: sent }) => {
      // What a request ignores always holds of a gateway that routes on (L13).
      const isPlain = ({ name }: Claim): boolean => name !== 'nested_gateway';
      const set = mapClaims(generated, (one) => (isPlain(one) ? [one] : []));
      const request = mapInlineClaims(sent, (one) => (isPlain(one) ? [one] : []));
      const { preferences } = request.context;
      const order = [...(preferences.order ?? []), 'nobody-at-all'];
      const ignore = [...(preferences.ignore ?? []), 'nobody-at-all'];
      const plain = answer({ set, request });
      const named = answer({
        set,
        request: withPreferences(request, { ...preferences, order, ignore }),
      });
      const isOrdered = preferences.allowFallbacks === false && preferences.order === undefined;
      expect(isOrdered || named.outcome === plain.outcome).toBe(true);
      countOutcome(named, spread);
      if (!isRefusedWhole(named) && named.verdicts.length > 0) {
        expect(named.warnings.map(({ message }) => message).join()).toContain('nobody-at-all');
        spread.add('warned');
      }
    });
    spread.expectAtLeast(50, 'warned', 'block');
    spread.expectAtLeast(20, 'allow');
  });
});

/** Whether something that acts (or the bundle) limits a key's values; restated from the text of L3. */
function namesOf(
  key: 'tenant' | 'team',
  set: Parameters<typeof answer>[0]['set'],
  request: Parameters<typeof answer>[0]['request'],
): 'closed' | 'open' {
  if (request.problems.length > 0) {
    return 'closed';
  }
  const declared = key === 'tenant' ? set.settings.tenants : set.settings.scopeValues.get(key);
  if (declared !== undefined) {
    return 'closed';
  }
  const named = set.documents.flatMap(({ binding, document: { policies } }) => [
    binding?.get(key),
    ...policies.filter(({ mode }) => mode !== 'shadow').map(({ scope }) => scope.get(key)),
  ]);
  const values = named.filter((one) => one !== undefined);
  return values.length > 0 && !values.includes('any') ? 'closed' : 'open';
}
