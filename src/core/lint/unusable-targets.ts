import type { BoundPolicy } from '../engine/bundle';
import type { Finding } from '../model/finding';
import { setFinding } from '../policy/set-finding';
import type { LintSubject } from './lint-subjects';
import { isBlocked, MAX_NAMED, type LintView } from './lint-view';
import { scopeCases, type ScopeCase } from './scope-classes';

/**
 * Targets that no request can use, whatever scope it states, and that no policy for all keeps out: what such a policy
 * keeps out is kept out on purpose, but where each scope has a reason of its own, nobody may have meant the sum.
 */
export function unusableTargets(view: LintView): readonly Finding[] {
  if (view.policies.length === 0) return [];
  const cases = scopeCases(view.bundle, view.policies);
  if (cases === undefined) return [];
  return view.subjects.flatMap((subject) => {
    const blockers = view.policies.filter((bound) => isBlocked(view, bound, subject));
    const onPurpose = blockers.some(({ scope }) => scope.size === 0);
    const usable = cases.some((each) => isUsable(each, subject, blockers));
    if (onPurpose || usable) return [];
    const present = cases.filter((each) => isVisible(each, subject));
    return [
      report(
        subject,
        blockers.filter((bound) => present.some(({ applies }) => applies(bound))),
      ),
    ];
  });
}

function isUsable(
  scopes: ScopeCase,
  subject: LintSubject,
  blockers: readonly BoundPolicy[],
): boolean {
  return (
    scopes.isCovered &&
    isVisible(scopes, subject) &&
    !blockers.some((bound) => scopes.applies(bound))
  );
}

function isVisible({ visible }: ScopeCase, { documents }: LintSubject): boolean {
  return documents.some((document) => visible[document] === true);
}

function report({ kind, id, position }: LintSubject, blockers: readonly BoundPolicy[]): Finding {
  const message =
    blockers.length === 0
      ? `no policy applies wherever ${kind} \`${id}\` exists, so that nothing can use it`
      : `nothing can use ${kind} \`${id}\`: every scope has a policy that keeps it out`;
  return setFinding({
    severity: 'warning',
    code: 'unusable_target',
    message,
    help:
      blockers.length === 0
        ? 'add a policy for that scope, or remove the target'
        : 'allow it in some scope, or remove it; ambit explain shows what it fails',
    position,
    related: blockers.slice(0, MAX_NAMED).map(({ policy }) => ({
      position: policy.position,
      message: `policy \`${policy.id}\` keeps it out`,
    })),
  });
}
