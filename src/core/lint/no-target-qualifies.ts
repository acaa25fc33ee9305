import type { BoundPolicy } from '../engine/bundle';
import type { Finding } from '../model/finding';
import type { PolicySet } from '../model/policy-set';
import { setFinding } from '../policy/set-finding';
import {
  dependsOnRequest,
  isInSight,
  judgeForLint,
  viewForLint,
  type LintView,
} from './lint-subjects';

/**
 * Policies that leave nothing of the catalog that they see. Nothing is wrong with blocking everything, but it is
 * seldom what was meant.
 */
export function noTargetQualifies(set: PolicySet, nowMs: number): readonly Finding[] {
  const view = viewForLint(set, nowMs);
  return view.policies.filter((bound) => leavesNothing(view, bound)).map(emptyFinding);
}

function leavesNothing(view: LintView, bound: BoundPolicy): boolean {
  const subjects = view.subjects.filter((subject) => isInSight(view, bound, subject));
  return (
    subjects.length > 0 &&
    subjects.every((subject) => {
      const { excluded, unmet } = judgeForLint(view, bound, subject);
      return excluded || !unmet.every(dependsOnRequest);
    })
  );
}

function emptyFinding({ policy }: BoundPolicy): Finding {
  return setFinding({
    severity: 'warning',
    code: 'no_target_qualifies',
    message: `no target of the catalog qualifies under policy \`${policy.id}\``,
    help: 'ambit explain shows for each target what it fails and which claim would change it',
    position: policy.position,
    // The id of a pack's policy names the pack first; what stands in the file is the rest.
    word: policy.id.slice(policy.id.lastIndexOf('/') + 1),
  });
}
