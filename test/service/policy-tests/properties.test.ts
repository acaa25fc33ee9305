import { compileBundle } from '../../../src/core/engine/compile';
import type { Bundle } from '../../../src/core/engine/bundle';
import { decide } from '../../../src/core/engine/decide';
import type { PolicySet } from '../../../src/core/model/policy-set';
import type { Preferences } from '../../../src/core/model/request';
import { mutantsOf } from '../../../src/service/policy-tests/mutants';
import { runPolicyTests, selectCases } from '../../../src/service/policy-tests/run-policy-tests';
import { NOW_MS } from '../../generators/alphabet';
import { decisionCase } from '../../generators/requests';
import { chance, pick } from '../../generators/source';
import type { Source } from '../../generators/source';
import { answer, eligibleRefs } from '../../laws/support/decisions';
import { mapPolicies } from '../../laws/support/edits';
import { parseNative } from '../../laws/support/native-files';
import { openCase } from '../../laws/support/open-cases';
import { check, Spread } from '../../laws/support/runs';
import { without } from '../../support/without';
import { caseOf, print, type PrintedCase } from './support/print-case';

/** What the runner says of a case that was written to a file and read again. */
function messagesOf(bundle: Bundle, printed: PrintedCase): readonly string[] {
  const { tests = [], findings } = parseNative(print(printed));
  expect(findings).toEqual([]);
  const results = runPolicyTests(bundle, selectCases(tests, {}), () => undefined);
  expect(results).toHaveLength(1);
  return results.flatMap((result) => result.findings.map(({ code }) => code));
}

/** A file names nothing twice, and a request over the wire is read without its twins. */
function withoutTwins(preferences: Preferences): Preferences {
  return Object.fromEntries(
    Object.entries(preferences).map(([key, value]) => [
      key,
      Array.isArray(value) ? [...new Set<unknown>(value)] : (value as unknown),
    ]),
  );
}

/** A bundle, and a case of what it decides. */
function decided(source: Source): { readonly bundle: Bundle; readonly printed: PrintedCase } {
  const { set, request: generated } = chance(source, 50) ? openCase(source) : decisionCase(source);
  const request = {
    ...generated,
    context: { ...generated.context, preferences: withoutTwins(generated.context.preferences) },
    problems: [],
    ...(generated.candidates === undefined
      ? {}
      : { candidates: generated.candidates.map((each) => ({ ...each, claims: [] })) }),
  };
  const bundle = compileBundle(set, 'generated');
  return { bundle, printed: caseOf(request, decide(bundle, request, NOW_MS), NOW_MS) };
}

/** Ways to expect something else, each undefined where the case has nothing to change in that way. */
const CHANGES: Readonly<Record<string, (printed: PrintedCase) => PrintedCase | undefined>> = {
  'a blocked target is expected eligible': (whole) => {
    const printed = without(whole, 'block');
    const [ref] = Object.keys(printed.blocked);
    if (ref === undefined) return undefined;
    const blocked = without(printed.blocked, ref);
    const outcome = printed.outcome === 'block' ? 'allow' : printed.outcome;
    return { ...printed, outcome, eligible: [...printed.eligible, ref], blocked };
  },
  'an eligible target is expected blocked': (printed) => {
    const [ref, ...eligible] = printed.eligible;
    if (ref === undefined) return undefined;
    const unmet = without(printed.unmet, ref);
    const outcome = eligible.length === 0 ? 'block' : printed.outcome;
    const blocked = { ...printed.blocked, [ref]: 'claim_unknown' };
    return { ...printed, outcome, eligible, blocked, unmet };
  },
  'a blocked target is left out': (printed) => {
    const [ref] = Object.keys(printed.blocked);
    if (ref === undefined) return undefined;
    return { ...printed, blocked: without(printed.blocked, ref) };
  },
  'the order is another one': (printed) =>
    printed.eligible.length < 2
      ? undefined
      : { ...printed, eligible: printed.eligible.toReversed() },
  'a reason is another one': (printed) => {
    const [ref] = Object.keys(printed.blocked);
    if (ref === undefined) return undefined;
    return { ...printed, blocked: { ...printed.blocked, [ref]: 'shutting_down' } };
  },
  'a reason is one too many': (printed) => {
    const [ref] = Object.keys(printed.blocked);
    if (ref === undefined) return undefined;
    const reasons = [...(printed.blocked[ref] as object[]), 'claim_unknown'];
    return { ...printed, blocked: { ...printed.blocked, [ref]: reasons } };
  },
  'the status of the block is another one': (printed) =>
    printed.block === undefined
      ? undefined
      : { ...printed, block: { ...printed.block, http_status: 418 } },
  'the body of the block is another one': (printed) =>
    printed.block === undefined
      ? undefined
      : { ...printed, block: { ...printed.block, body: { error: 'none' } } },
  'there is a warning more': (printed) => ({
    ...printed,
    warnings: [...printed.warnings, 'unused_scope_key'],
  }),
  'a target is named that is no candidate': (printed) => ({
    ...printed,
    blocked: { ...printed.blocked, nobody: 'unknown_target' },
  }),
};

test('a case that expects what was decided passes', () => {
  const spread = new Spread();
  check(decided, 400, ({ bundle, printed }) => {
    expect(messagesOf(bundle, printed)).toEqual([]);
    spread.add(printed.outcome);
    if (Object.keys(printed.unmet).length > 0) spread.add('unmet');
  });
  spread.expectAtLeast(10, 'allow', 'warn', 'block', 'unmet');
});

test('a case that expects anything else fails', () => {
  const spread = new Spread();
  const names = Object.keys(CHANGES);
  const make = (source: Source) => ({ ...decided(source), change: pick(source, names) });
  check(make, 1000, ({ bundle, printed, change }) => {
    const changed = CHANGES[change]?.(printed);
    if (changed === undefined) return;
    expect(messagesOf(bundle, changed)).not.toEqual([]);
    spread.add(change);
  });
  spread.expectAtLeast(15, ...names);
});

test('a dropped or loosened rule never takes a target away, unless it was an entry that allowed it', () => {
  const spread = new Spread();
  const enforced = (set: PolicySet): PolicySet =>
    mapPolicies(set, (one) => (one.mode === 'warn' ? [] : [one]));
  const make = (source: Source) => {
    const { set, request } = openCase(source, enforced);
    const preferences = {};
    return { set, request: { ...request, context: { ...request.context, preferences } } };
  };
  check(make, 1_500, ({ set, request }) => {
    const before = eligibleRefs(answer({ set, request }));
    for (const { rule, change, set: mutated } of mutantsOf(set)) {
      const isEntry = rule.kind === 'entry' && rule.list.effect === 'allow';
      if (change === 'negated' || (change === 'dropped' && isEntry)) continue;
      const after = eligibleRefs(answer({ set: mutated, request }));
      expect(after).toEqual(expect.arrayContaining([...before]));
      const kind = change.split(':')[0] ?? '';
      spread.add(after.length > before.length ? `${kind} lets more through` : `${kind} is alike`);
    }
  });
  spread.expectAtLeast(15, 'dropped lets more through');
  spread.expectAtLeast(4, 'loosened lets more through');
});

test('whatever a file of tests holds, it is read or refused, and never half', () => {
  const spread = new Spread();
  const make = (source: Source) => {
    const { bundle, printed } = decided(source);
    const text = print(printed);
    const at = source.below(text.length);
    const length = source.below(12);
    const put = pick(source, [
      '',
      ' ',
      '[',
      ']',
      '{ ',
      ' }',
      ': ',
      '\n',
      '- ',
      'x',
      '0',
      '"',
      'null',
    ]);
    return { bundle, text: text.slice(0, at) + put + text.slice(at + length) };
  };
  check(make, 400, ({ bundle, text }) => {
    const { tests, document, findings } = parseNative(text);
    const hasErrors = findings.some(({ severity }) => severity === 'error');
    expect([tests !== undefined, document]).toEqual([!hasErrors, undefined]);
    const results = runPolicyTests(bundle, selectCases(tests ?? [], {}), () => undefined);
    spread.add(hasErrors ? 'refused' : 'read');
    spread.add(results.some((each) => each.findings.length > 0) ? 'fails' : 'passes');
  });
  spread.expectAtLeast(12, 'refused', 'read', 'fails', 'passes');
});
