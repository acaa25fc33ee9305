import type { Requirement } from '../model/requirement';
import type { ReasonCode } from '../model/reason';
import { claimsOf, evaluateRule, expectedOf, REQUIREMENT_ORDER } from '../requirements/registry';
import type { RequirementResult, UnmetResult, UnmetState } from '../requirements/requirement-kind';
import type { BoundPolicy } from './bundle';
import { selectsAuthors } from './model-authors';
import { makeReason, rankOf, type RankedReason } from './ranked-reason';
import type { ClaimSight } from './catalog-view';
import type { SubjectFacts } from './subject-facts';

/** The code of each way to fail. */
const CODE_OF_STATE: Readonly<Record<UnmetState, ReasonCode>> = {
  contrary: 'claim_contrary',
  unknown: 'claim_unknown',
  expired: 'claim_expired',
  conflicting: 'claim_conflicting',
  error: 'evaluation_error',
};

/** Judges a subject by all requirements of a policy. Never throws; what fails to evaluate blocks (L1). */
export function judgeRequirements(
  bound: BoundPolicy,
  facts: SubjectFacts,
): readonly RankedReason[] {
  return requirementsFor(bound, facts).flatMap((requirement) =>
    judgeRequirement(requirement, facts, sightOf(bound)).map((unmet) =>
      toReason(bound, requirement, unmet),
    ),
  );
}

/** The requirements of a policy that judge a target: all, or none where its model is of an author not selected. */
export function requirementsFor(
  bound: BoundPolicy,
  facts: Pick<SubjectFacts, 'authors' | 'nested'>,
): readonly Requirement[] {
  const { authors, requirements } = bound.policy;
  if (authors === undefined || facts.nested) return requirements;
  return selectsAuthors(authors, facts.authors(sightOf(bound))) ? requirements : [];
}

/** Whose claims a policy relies on. */
export function sightOf({ bound, document }: BoundPolicy): ClaimSight {
  return bound ? document : 'unbound';
}

/** What one requirement finds wanting: on the catalog's claims and, where they speak, on the candidate's. */
export function judgeRequirement(
  { rule }: Pick<Requirement, 'rule'>,
  facts: SubjectFacts,
  sight: ClaimSight,
): readonly UnmetResult[] {
  if (facts.nested) {
    const observed = 'a nested gateway that routes on by itself';
    return [{ state: 'unknown', claim: '', expected: expectedOf(rule), observed }];
  }
  return resultsOf(rule, facts, sight).filter(isUnmet);
}

/** What a rule says of the catalog's claims and, where they speak, of the candidate's. */
export function resultsOf(
  rule: Requirement['rule'],
  facts: SubjectFacts,
  sight: ClaimSight,
): readonly RequirementResult[] {
  const own = evaluateRule(rule, facts.catalog(sight));
  const inline = facts.inline(sight);
  return inline !== undefined && claimsOf(rule).some((name) => facts.speaksOf(name))
    ? [own, evaluateRule(rule, inline)]
    : [own];
}

function isUnmet(result: RequirementResult): result is UnmetResult {
  return result.state !== 'satisfied';
}

function toReason(
  bound: BoundPolicy,
  { rule, position }: Requirement,
  unmet: UnmetResult,
): RankedReason {
  const reason = makeReason({
    code: CODE_OF_STATE[unmet.state],
    policy: bound.policy.id,
    requirement: rule.kind,
    claim: unmet.claim,
    state: unmet.state,
    expected: unmet.expected,
    observed: unmet.observed,
    message: `policy \`${bound.policy.id}\` requires ${unmet.expected}; ${unmet.observed}`,
    position,
    ...(unmet.evidence === undefined ? {} : { claimPosition: unmet.evidence.position }),
  });
  return {
    reason,
    rank: rankOf('requirements', bound.order, REQUIREMENT_ORDER.indexOf(rule.kind)),
  };
}
