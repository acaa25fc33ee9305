import type { Bundle } from '../../core/engine/bundle';
import { compileBundle } from '../../core/engine/compile';
import { explain } from '../../core/engine/explain';
import type { ExplanationRow } from '../../core/engine/explanation';
import type { Policy, TargetList } from '../../core/model/policy';
import { formatPosition, type SourcePosition } from '../../core/model/source-position';
import { listName, mapPolicies, rulesOf, type Rule } from './rules';
import type { PlacedCase } from './run-policy-tests';

/** How often a rule let a target pass, and how often it stopped one, over all cases. */
export interface RuleCoverage {
  readonly rule: Rule;
  readonly passed: number;
  /** Undefined: an entry of an allow list stops nothing, the list does. */
  readonly stopped: number | undefined;
}

/** What the cases have seen of all rules. */
export interface Coverage {
  readonly rules: readonly RuleCoverage[];
  /** How many of the ways in which rules can decide were seen, and how many there are. */
  readonly seen: number;
  readonly total: number;
}

/** Counts what the rules decide on every candidate of every case, those that another rule stops as well included. */
export function coverageOf(bundle: Bundle, cases: readonly PlacedCase[]): Coverage {
  // Each entry alone in a list of its own, so that what it decides can be told from what its neighbours do.
  const set = mapPolicies(bundle.set, withSingleEntries);
  const apart = compileBundle(set, bundle.digest);
  const counts = new Map<string, { passed: number; stopped: number }>();
  for (const { policyCase } of cases) {
    const { candidates } = explain(apart, policyCase.request, policyCase.nowMs);
    for (const row of candidates.flatMap(({ rows }) => rows)) count(counts, row);
  }
  const rules = rulesOf(bundle.set).map((rule) => coverageOfRule(rule, counts));
  const ways = rules.flatMap(({ passed, stopped }) =>
    stopped === undefined ? [passed] : [passed, stopped],
  );
  return { rules, seen: ways.filter((way) => way > 0).length, total: ways.length };
}

/** The share that was seen, in per cent, rounded down: 100 means all. Without rules there is nothing to see. */
export function percentOf({ seen, total }: Coverage): number {
  return total === 0 ? 100 : Math.floor((seen * 100) / total);
}

type Counts = Map<string, { passed: number; stopped: number }>;

function count(counts: Counts, row: ExplanationRow): void {
  if (row.position === undefined) return;
  const key = keyOf(row.policy, row.requirement, row.position);
  const counted = counts.get(key) ?? { passed: 0, stopped: 0 };
  if (row.state === 'satisfied') counted.passed += 1;
  else counted.stopped += 1;
  counts.set(key, counted);
}

function coverageOfRule(rule: Rule, counts: Counts): RuleCoverage {
  const name = rule.kind === 'requirement' ? rule.name : listName(rule.list);
  const { passed = 0, stopped = 0 } = counts.get(keyOf(rule.policy.id, name, placeIn(rule))) ?? {};
  const stopsNothing = rule.kind === 'entry' && rule.list.effect === 'allow';
  return { rule, passed, stopped: stopsNothing ? undefined : stopped };
}

function keyOf(policy: string, requirement: string, position: SourcePosition): string {
  return JSON.stringify([policy, requirement, formatPosition(position)]);
}

/** Entries of a pack may stand at one place, so each is told from the others by its place in the list. */
function placeIn(rule: Rule): SourcePosition {
  if (rule.kind !== 'entry') return rule.position;
  return placeOfEntry(rule.list, rule.list.entries.indexOf(rule.entry));
}

function placeOfEntry({ position }: TargetList, index: number): SourcePosition {
  return { ...position, file: `${position.file}#${String(index)}` };
}

function withSingleEntries(policy: Policy): Policy {
  return { ...policy, lists: policy.lists.flatMap(singleEntries) };
}

function singleEntries(list: TargetList): readonly TargetList[] {
  const single = list.entries.map((entry, index): TargetList => {
    const position = placeOfEntry(list, index);
    return { ...list, entries: [{ ...entry, position }], position };
  });
  return list.effect === 'allow' ? [list, ...single] : single;
}
