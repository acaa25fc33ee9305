import type { BoundPolicy } from '../engine/bundle';
import type { Finding } from '../model/finding';
import { setFinding } from '../policy/set-finding';
import { remedyOf } from '../requirements/registry';
import type { LintSubject } from './lint-subjects';
import { isGap, isInSight, unmetBy, type LintUnmet, type LintView } from './lint-view';

/**
 * The metadata gaps: every target that nothing but undeclared claims keeps out, one finding a claim. A target that
 * also declares something contrary is left out, for declaring more would not help it.
 */
export function undeclaredClaims(view: LintView): readonly Finding[] {
  return view.subjects.flatMap((subject) => gapsOf(view, subject));
}

function gapsOf(view: LintView, subject: LintSubject): readonly Finding[] {
  const applicable = view.policies.filter((bound) => isInSight(view, bound, subject));
  if (applicable.some((bound) => isLost(view, bound, subject))) return [];
  const gaps = applicable
    .filter((bound) => isMendable(view, bound, subject))
    .flatMap((bound) =>
      unmetBy(bound, subject)
        .filter(isGap)
        .map((gap) => ({ bound, gap })),
    );
  return firstByClaim(gaps).map(({ bound, gap }) => gapFinding(bound, subject, gap));
}

/**
 * True if the policy keeps the subject out of every request, whatever else is declared. A narrower policy does so
 * for its own requests only, and the requirements of a warn policy give way where nothing meets them (L9).
 */
function isLost(view: LintView, bound: BoundPolicy, subject: LintSubject): boolean {
  if (bound.scope.size > 0) return false;
  const isFinal = bound.policy.mode === 'enforce';
  return isFinal ? !isMendable(view, bound, subject) : view.standing(bound, subject) === 'out';
}

/** One finding a claim: the widest policy that requires it is named. */
function firstByClaim<T extends { readonly gap: LintUnmet }>(gaps: readonly T[]): readonly T[] {
  const first = new Map<string, T>();
  for (const each of gaps) {
    if (!first.has(each.gap.result.claim)) first.set(each.gap.result.claim, each);
  }
  return [...first.values()];
}

function isMendable(view: LintView, bound: BoundPolicy, subject: LintSubject): boolean {
  const standing = view.standing(bound, subject);
  return standing !== 'out' && standing !== 'contrary';
}

function gapFinding(
  { policy }: BoundPolicy,
  { kind, id, position }: LintSubject,
  { requirement, result }: LintUnmet,
): Finding {
  return setFinding({
    severity: 'warning',
    code: 'undeclared_claim',
    message: `${kind} \`${id}\` does not declare \`${result.claim}\`, which policy \`${policy.id}\` requires`,
    help: `find out whether it holds, and if so declare \`${remedyOf(requirement.rule)}\``,
    position,
    related: [{ position: requirement.position, message: 'required here' }],
  });
}
