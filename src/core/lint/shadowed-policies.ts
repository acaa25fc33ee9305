import type { BoundPolicy } from '../engine/bundle';
import type { Finding } from '../model/finding';
import type { Policy } from '../model/policy';
import { setFinding } from '../policy/set-finding';
import type { LintView } from './lint-view';
import type { ListReach } from './list-reach';
import { isTwin, rulesOf, type StatedRule } from './rule-pairs';
import { strongerThan } from './stronger-rule';

/** The status of a block where a policy states none. */
const DEFAULT_STATUS = 403;

/** Policies of which each rule is implied by those that hold wherever they do: without them nothing would change. */
export function shadowedPolicies(view: LintView): readonly Finding[] {
  return view.policies
    .filter((bound) => isShadowed(view, bound))
    .map((bound) => report(view, bound));
}

/** True if the policy has rules, and each of them is implied. One that says it restricts nothing has none. */
export function isShadowed(view: LintView, bound: BoundPolicy): boolean {
  const { lists, requirements } = bound.policy;
  return (
    lists.length + requirements.length > 0 &&
    !speaksFirst(view, bound) &&
    rulesOf(bound).every((rule) => isImplied(view, rule)) &&
    view.lists(bound).every((list) => isIdle(view, bound, list))
  );
}

// A rule that is implied by another one of the same policy makes only itself idle.
function isImplied(view: LintView, rule: StatedRule): boolean {
  const stronger = strongerThan(view, rule);
  return stronger !== undefined && stronger.bound !== rule.bound;
}

/** A message or status of its own reaches clients where the policy is the first one to leave nothing. */
function speaksFirst(view: LintView, bound: BoundPolicy): boolean {
  if (!hasOwnBlock(bound.policy)) return false;
  return view.companions(bound).some(({ order }) => order > bound.order);
}

function hasOwnBlock({ block }: Policy): boolean {
  return block.message !== undefined || block.status !== DEFAULT_STATUS;
}

/**
 * True if the list keeps something out, and nothing of the catalog that is not out already. A ban on what is not
 * catalogued stays in force for what will be.
 */
function isIdle(view: LintView, bound: BoundPolicy, list: ListReach): boolean {
  const { effect, entries } = list.list;
  const isAhead = list.entries.some(({ entry, matched }) => entry.future || matched.size === 0);
  if (effect === 'deny' && (isAhead || entries.length === 0)) return false;
  const kept = view.subjects.filter(({ index }) => list.excludes(index) !== 'no');
  const others = takersOf(view, bound).flatMap((other) => view.lists(other));
  return (
    kept.length > 0 &&
    kept.every(({ index }) => others.some((other) => other.excludes(index) === 'yes'))
  );
}

/** Of two policies for the same requests, the first one takes. */
function takersOf(view: LintView, bound: BoundPolicy): readonly BoundPolicy[] {
  return view
    .companions(bound)
    .filter((other) => !isTwin(view, bound, other) || other.order < bound.order);
}

function report(view: LintView, bound: BoundPolicy): Finding {
  const { policy } = bound;
  const causes = causesOf(view, bound);
  const names = causes.map(({ policy: { id } }) => `\`${id}\``).join(', ');
  return setFinding({
    severity: 'warning',
    code: 'shadowed_policy',
    message: `policy \`${policy.id}\` changes nothing: whatever it keeps out, ${names} ${causes.length === 1 ? 'keeps' : 'keep'} out already`,
    help: 'remove it, or state what it is to add',
    position: policy.position,
    related: causes.map((cause) => ({
      position: cause.policy.position,
      message: `policy \`${cause.policy.id}\` stands here`,
    })),
  });
}

/** The policies that imply its requirements, and those with lists where it has lists. */
function causesOf(view: LintView, bound: BoundPolicy): readonly BoundPolicy[] {
  const byRule = rulesOf(bound).flatMap((rule) => strongerThan(view, rule)?.bound ?? []);
  const byList = bound.policy.lists.length === 0 ? [] : listOwners(view, bound);
  return [...new Set([...byRule, ...byList])].sort((left, right) => left.order - right.order);
}

function listOwners(view: LintView, bound: BoundPolicy): readonly BoundPolicy[] {
  const kept = view.subjects.filter(({ index }) =>
    view.lists(bound).some((list) => list.excludes(index) !== 'no'),
  );
  return takersOf(view, bound).filter((other) =>
    kept.some(({ index }) => view.lists(other).some((list) => list.excludes(index) === 'yes')),
  );
}
