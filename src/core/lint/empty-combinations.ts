import type { BoundPolicy } from '../engine/bundle';
import type { Finding } from '../model/finding';
import { setFinding } from '../policy/set-finding';
import { isBlocked, MAX_NAMED, type LintView } from './lint-view';
import { leavesNothing } from './no-target-qualifies';
import { isOpposed } from './opposed-requirements';
import { isTwin } from './rule-pairs';

/**
 * Policies that leave nothing together with those that hold wherever they do, though each of them leaves something:
 * every request that they apply to is blocked. Where a wider combination leaves nothing, that one is reported only.
 */
export function emptyCombinations(view: LintView): readonly Finding[] {
  if (view.subjects.length === 0) return [];
  const dead = new Set(view.policies.filter((bound) => leavesNothing(view, bound)));
  const findings: Finding[] = [];
  for (const bound of view.policies) {
    const companions = view.companions(bound);
    if (dead.has(bound) || companions.some((other) => dead.has(other))) continue;
    // Of several for the same requests, the last one is reported.
    if (companions.some((other) => isTwin(view, bound, other) && other.order > bound.order))
      continue;
    const together = [bound, ...companions];
    if (!blocksAll(view, together)) continue;
    dead.add(bound);
    if (!together.some((each) => isOpposed(view, each))) findings.push(report(view, bound));
  }
  return findings;
}

function blocksAll(view: LintView, policies: readonly BoundPolicy[]): boolean {
  return view.subjects.every((subject) =>
    policies.some((bound) => isBlocked(view, bound, subject)),
  );
}

function report(view: LintView, bound: BoundPolicy): Finding {
  const { policy } = bound;
  const others = causesOf(view, bound);
  const names = others.map(({ policy: { id } }) => `\`${id}\``).join(', ');
  return setFinding({
    severity: 'warning',
    code: 'policies_leave_nothing',
    message: `policy \`${policy.id}\` leaves nothing of the catalog together with ${names}`,
    help: 'every request under it is blocked: allow or require less in one of them',
    position: policy.position,
    related: others.slice(0, MAX_NAMED).map((other) => ({
      position: other.policy.position,
      message: `policy \`${other.policy.id}\` stands here`,
    })),
  });
}

/** A few companions that together keep out what the policy leaves: each next one that takes most of the rest. */
function causesOf(view: LintView, bound: BoundPolicy): readonly BoundPolicy[] {
  let left = view.subjects.filter((subject) => !isBlocked(view, bound, subject));
  const causes: BoundPolicy[] = [];
  const companions = view.companions(bound);
  while (left.length > 0) {
    const [best] = companions
      .map((other) => ({ other, rest: left.filter((each) => !isBlocked(view, other, each)) }))
      .sort((first, second) => first.rest.length - second.rest.length);
    if (best === undefined || best.rest.length === left.length) break;
    causes.push(best.other);
    left = best.rest;
  }
  return causes;
}
