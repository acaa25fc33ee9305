import { compileBundle } from '../engine/compile';
import type { BoundPolicy, Bundle } from '../engine/bundle';
import { judgeRequirement, requirementsFor, sightOf } from '../engine/judge-requirements';
import type { PolicySet } from '../model/policy-set';
import type { Requirement, RequirementRule } from '../model/requirement';
import type { UnmetResult } from '../requirements/requirement-kind';
import { companionsOf } from './always-with';
import { subjectsOf, type LintSubject } from './lint-subjects';
import { createSubjectFinder, reachOfLists, type ListReach } from './list-reach';

/**
 * What a policy does to a subject, the worst first: its lists keep it `out` whatever it declares; something declared
 * is `contrary` (or expired, or in conflict); nothing but undeclared claims stands against it (`gap`); claims are
 * declared for some requests only (`depends`); it is let `in`.
 */
export type Standing = 'out' | 'contrary' | 'gap' | 'depends' | 'in';

/** A set as lint looks at it: every file, no particular request. What is costly is found out once, when asked for. */
export interface LintView {
  readonly set: PolicySet;
  readonly nowMs: number;
  readonly bundle: Bundle;
  /** Policies that restrict, widest first. */
  readonly policies: readonly BoundPolicy[];
  readonly subjects: readonly LintSubject[];
  /** The other policies that restrict every request that the policy restricts, widest first. */
  companions(bound: BoundPolicy): readonly BoundPolicy[];
  /** What the policy's lists match. */
  lists(bound: BoundPolicy): readonly ListReach[];
  standing(bound: BoundPolicy, subject: LintSubject): Standing;
}

/** Policies that one finding names at most; the rest of many adds nothing. */
export const MAX_NAMED = 3;

/** A requirement that a subject does not meet. */
export interface LintUnmet {
  readonly requirement: Requirement;
  readonly result: UnmetResult;
}

/** Prepares a set. `nowMs` is milliseconds since the epoch: expired claims do not count. */
export function viewForLint(set: PolicySet, nowMs: number): LintView {
  const bundle = compileBundle(set, 'lint');
  const policies = bundle.policies.filter(({ policy }) => policy.mode !== 'shadow');
  const subjects = subjectsOf(bundle, nowMs);
  const finder = createSubjectFinder(subjects);
  const companions = companionsOf(bundle, policies);
  const reach = keep((bound: BoundPolicy) => reachOfLists(bundle, bound, finder));
  const judge = createRuleJudge(subjects);
  const standings = keep((bound: BoundPolicy) => {
    const lists = reach(bound);
    const standingUnderRules = judge(bound);
    return subjects.map(({ index }) =>
      lists.some((list) => list.excludes(index) === 'yes') ? 'out' : standingUnderRules(index),
    );
  });
  return {
    set,
    nowMs,
    bundle,
    policies,
    subjects,
    companions: (bound) => companions.get(bound) ?? [],
    lists: reach,
    standing: (bound, { index }) => standings(bound)[index] ?? 'out',
  };
}

/** True if the policy relies on what the subject's files say; others see it only as unknown. */
export function isInSight(view: LintView, bound: BoundPolicy, { documents }: LintSubject): boolean {
  return documents.some(
    (document) =>
      view.bundle.set.documents[document]?.binding === undefined ||
      (bound.bound && document === bound.document),
  );
}

/**
 * What the policy requires and the subject does not meet. Expressions are left out: they may look at the request,
 * which is not there.
 */
export function unmetBy(bound: BoundPolicy, { facts }: LintSubject): readonly LintUnmet[] {
  return requirementsFor(bound, facts).flatMap((requirement) =>
    unmetRule(bound, requirement, facts),
  );
}

function unmetRule(
  bound: BoundPolicy,
  requirement: Requirement,
  facts: LintSubject['facts'],
): readonly LintUnmet[] {
  if (looksAtRequest(requirement.rule)) return [];
  return judgeRequirement(requirement, facts, sightOf(bound)).map((result) => ({
    requirement,
    result,
  }));
}

/** True if nothing states the claim: a declaration could make the requirement hold. */
export function isGap({ result }: LintUnmet): boolean {
  return result.state === 'unknown' && result.claim !== '' && result.evidence === undefined;
}

/** True if nothing that may be asked makes the policy let the subject through. */
export function keepsOut(standing: Standing): boolean {
  return standing === 'out' || standing === 'contrary' || standing === 'gap';
}

/** True if the policy blocks the subject. The requirements of warn policies give way (L9), their lists do not. */
export function isBlocked(view: LintView, bound: BoundPolicy, subject: LintSubject): boolean {
  const standing = view.standing(bound, subject);
  return bound.policy.mode === 'warn' ? standing === 'out' : keepsOut(standing);
}

/** True if the claim is declared for some requests only, so that the requirement may hold for those. */
function dependsOnRequest({ result }: LintUnmet): boolean {
  return result.state === 'unknown' && result.evidence !== undefined;
}

function looksAtRequest(rule: RequirementRule): boolean {
  return (
    rule.kind === 'expression' ||
    (rule.kind === 'minimum_assurance' && rule.of.some(({ kind }) => kind === 'expression'))
  );
}

/** What the requirements of policies do to all subjects; many policies state the same ones, which are judged once. */
function createRuleJudge(
  subjects: readonly LintSubject[],
): (bound: BoundPolicy) => (index: number) => Standing {
  const kept = new Map<string, readonly Standing[]>();
  const standingsOf = (bound: BoundPolicy, requirement: Requirement): readonly Standing[] => {
    const key = `${String(sightOf(bound))} ${ruleKey(requirement.rule)}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const fresh = subjects.map(({ facts }) => standingUnder(unmetRule(bound, requirement, facts)));
    kept.set(key, fresh);
    return fresh;
  };
  return (bound) => {
    const each = bound.policy.requirements.map((one) => standingsOf(bound, one));
    return (index) => {
      const subject = subjects[index];
      if (subject === undefined || requirementsFor(bound, subject.facts).length === 0) return 'in';
      return STANDINGS.find((standing) => each.some((known) => known[index] === standing)) ?? 'in';
    };
  };
}

/** The worst first. */
const STANDINGS: readonly Standing[] = ['contrary', 'gap', 'depends'];

function standingUnder(unmet: readonly LintUnmet[]): Standing {
  if (unmet.some((each) => !isGap(each) && !dependsOnRequest(each))) return 'contrary';
  if (unmet.some(isGap)) return 'gap';
  return unmet.length > 0 ? 'depends' : 'in';
}

function ruleKey(rule: RequirementRule): string {
  return JSON.stringify(rule, (_key, value: unknown) =>
    value instanceof Map ? [...(value as ReadonlyMap<string, string>)] : value,
  );
}

/** The function with its results kept. */
function keep<T>(compute: (bound: BoundPolicy) => T): (bound: BoundPolicy) => T {
  const kept = new Map<BoundPolicy, T>();
  return (bound) => {
    const found = kept.get(bound);
    if (found !== undefined) return found;
    const fresh = compute(bound);
    kept.set(bound, fresh);
    return fresh;
  };
}
