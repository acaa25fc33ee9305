import { ASSURANCES, type Assurance, type Claim, type ClaimName } from '../model/claim';
import type { ClaimReading, RequirementRule } from '../model/requirement';
import { allHold } from './combine';
import type {
  RequirementKind,
  RequirementResult,
  RuleOf,
  SatisfiedResult,
  TargetFacts,
  UnmetResult,
} from './requirement-kind';

const KIND = 'minimum_assurance';

/** How to judge the other requirements; handed in, because the registry that knows them also lists this kind. */
export interface SiblingJudges {
  claimsOf(rule: RequirementRule): readonly ClaimName[];
  evaluateRule(rule: RequirementRule, facts: TargetFacts): RequirementResult;
}

/**
 * What satisfies the other requirements of the policy still does when claims founded less well are taken for
 * undeclared. A requirement that is not met anyway says so itself and is not repeated here: by itself this kind
 * lets nothing through, it only adds to requirements that do the judging.
 */
export function createMinimumAssurance(judges: SiblingJudges): RequirementKind<typeof KIND> {
  return {
    kind: KIND,
    claims: (rule) => [...new Set(rule.of.flatMap((sibling) => judges.claimsOf(sibling)))],
    expected: (rule) => showLevel(rule),
    evaluate: (rule, facts) =>
      allHold(rule.of.map((sibling) => judgeSibling({ rule, sibling, facts, judges }))),
    remedy: (rule) => `assurance: ${rule.level}`,
  };
}

function judgeSibling(question: {
  readonly rule: RuleOf<typeof KIND>;
  readonly sibling: RequirementRule;
  readonly facts: TargetFacts;
  readonly judges: SiblingJudges;
}): RequirementResult {
  const { rule, sibling, facts, judges } = question;
  const asIs = judges.evaluateRule(sibling, facts);
  if (asIs.state !== 'satisfied') return { state: 'satisfied', reliedOn: [] };
  const wellFounded = judges.evaluateRule(sibling, withoutWeakClaims(rule.level, facts));
  return wellFounded.state === 'satisfied' ? wellFounded : tooWeak(rule, asIs, wellFounded);
}

/** The same facts, but what is founded less well than `level` reads as undeclared. */
function withoutWeakClaims(level: Assurance, facts: TargetFacts): TargetFacts {
  return {
    read(name): ClaimReading {
      const reading = facts.read(name);
      if (reading.state !== 'stated' || isFounded(reading.claim, level)) return reading;
      return { state: 'unknown' };
    },
    namedRegions: facts.namedRegions,
    attributes: facts.attributes,
    nowMs: facts.nowMs,
  };
}

function isFounded(claim: Claim, level: Assurance): boolean {
  return ASSURANCES.indexOf(claim.assurance) >= ASSURANCES.indexOf(level);
}

function tooWeak(
  rule: RuleOf<typeof KIND>,
  asIs: SatisfiedResult,
  wellFounded: UnmetResult,
): UnmetResult {
  const weak = asIs.reliedOn.find((claim) => !isFounded(claim, rule.level));
  return {
    state: wellFounded.state === 'error' ? 'error' : 'contrary',
    claim: weak?.name ?? wellFounded.claim,
    expected: showLevel(rule),
    observed: weak?.assurance ?? wellFounded.observed,
    ...(weak === undefined ? {} : { evidence: weak }),
  };
}

function showLevel({ level }: RuleOf<typeof KIND>): string {
  return level === 'audited' ? 'assurance audited' : `assurance ${level} or better`;
}
