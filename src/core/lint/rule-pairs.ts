import type { BoundPolicy } from '../engine/bundle';
import { sightOf } from '../engine/judge-requirements';
import type { Requirement } from '../model/requirement';
import type { LintView } from './lint-view';

/** A requirement and the policy that states it. */
export interface StatedRule {
  readonly bound: BoundPolicy;
  readonly requirement: Requirement;
}

/**
 * The requirements that certainly hold beside a policy's own: those of enforcing policies that restrict whatever it
 * restricts, and that rely on the same claims.
 */
export function rulesBeside(view: LintView, bound: BoundPolicy): readonly StatedRule[] {
  return view
    .companions(bound)
    .filter(({ policy: { mode, authors } }) => mode === 'enforce' && authors === undefined)
    .filter((other) => sightOf(other) === sightOf(bound))
    .flatMap(rulesOf);
}

/** A policy's own requirements. */
export function rulesOf(bound: BoundPolicy): readonly StatedRule[] {
  return bound.policy.requirements.map((requirement) => ({ bound, requirement }));
}

/** True if both policies restrict the same requests, so that a finding about the two belongs to the later one. */
export function isTwin(view: LintView, bound: BoundPolicy, other: BoundPolicy): boolean {
  return view.companions(other).includes(bound);
}
