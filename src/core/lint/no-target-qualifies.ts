import type { BoundPolicy } from '../engine/bundle';
import type { Finding } from '../model/finding';
import type { Requirement } from '../model/requirement';
import { setFinding } from '../policy/set-finding';
import { expectedOf } from '../requirements/registry';
import type { LintSubject } from './lint-subjects';
import { isInSight, keepsOut, unmetBy, type LintView } from './lint-view';

/**
 * Policies that leave nothing of the catalog that they see. Nothing is wrong with blocking everything, but it is
 * seldom what was meant. Requirements that no target meets by itself are named.
 */
export function noTargetQualifies(view: LintView): readonly Finding[] {
  return view.policies
    .filter((bound) => leavesNothing(view, bound))
    .map((bound) => emptyFinding(bound, unmetByAll(view, bound)));
}

/** True if the policy by itself keeps out every subject that it sees, and there are some. */
export function leavesNothing(view: LintView, bound: BoundPolicy): boolean {
  const subjects = seenBy(view, bound);
  return (
    subjects.length > 0 && subjects.every((subject) => keepsOut(view.standing(bound, subject)))
  );
}

function seenBy(view: LintView, bound: BoundPolicy): readonly LintSubject[] {
  return view.subjects.filter((subject) => isInSight(view, bound, subject));
}

function unmetByAll(view: LintView, bound: BoundPolicy): readonly Requirement[] {
  const unmet = seenBy(view, bound).map((subject) =>
    unmetBy(bound, subject).map(({ requirement }) => requirement),
  );
  return bound.policy.requirements.filter((requirement) =>
    unmet.every((each) => each.includes(requirement)),
  );
}

function emptyFinding({ policy }: BoundPolicy, unmet: readonly Requirement[]): Finding {
  const related = unmet.map(({ rule, position }) => ({
    position,
    message: `no target has ${expectedOf(rule)}`,
  }));
  return setFinding({
    severity: 'warning',
    code: 'no_target_qualifies',
    message: `no target of the catalog qualifies under policy \`${policy.id}\``,
    help: 'ambit explain shows for each target what it fails and which claim would change it',
    position: policy.position,
    ...(related.length === 0 ? {} : { related }),
  });
}
