import type { Claim, ClaimName, ClaimValue } from '../model/claim';
import type { ExpressionResult } from '../model/requirement';
import { allHold } from './combine';
import { judgeClaim, showClaim, type ClaimTest } from './judge-claim';
import type { RequirementKind, RequirementResult, RuleOf, TargetFacts } from './requirement-kind';

const KIND = 'expression';

/**
 * A CEL text over claims and request attributes. Every claim that it names must be stated, in whatever way it
 * names it, so that neither `has` nor a negation turns silence into a pass; only then is it evaluated.
 */
export const expression: RequirementKind<typeof KIND> = {
  kind: KIND,
  claims: (rule) => rule.claims,
  expected: (rule) => rule.text,
  evaluate(rule, facts) {
    const stated = statedClaims(rule, facts);
    if (stated.state !== 'satisfied') return stated;
    const input = { claims: valuesOf(stated.reliedOn), attributes: facts.attributes };
    return judgeOutcome(rule, rule.program(input), stated.reliedOn);
  },
  remedy: (rule) => `claims for which this holds: ${rule.text}`,
};

function statedClaims(rule: RuleOf<typeof KIND>, facts: TargetFacts): RequirementResult {
  if (rule.claims.length === 0) return { state: 'satisfied', reliedOn: [] };
  return allHold(rule.claims.map((claim) => judgeClaim(presenceTest(rule, claim), facts)));
}

function presenceTest(rule: RuleOf<typeof KIND>, claim: ClaimName): ClaimTest {
  return { claim, expected: rule.text, holds: () => true };
}

function valuesOf(claims: readonly Claim[]): ReadonlyMap<ClaimName, ClaimValue> {
  return new Map(claims.map((claim) => [claim.name, claim.value]));
}

function judgeOutcome(
  rule: RuleOf<typeof KIND>,
  outcome: ExpressionResult,
  reliedOn: readonly Claim[],
): RequirementResult {
  if ('error' in outcome) {
    return { state: 'error', claim: '', expected: rule.text, observed: outcome.error };
  }
  // Programs are made outside the core: one that answers neither true nor false has failed.
  const holds: unknown = outcome.holds;
  if (holds === true) return { state: 'satisfied', reliedOn };
  if (holds !== false) {
    return { state: 'error', claim: '', expected: rule.text, observed: 'neither true nor false' };
  }
  const observed = reliedOn.length === 0 ? 'false' : reliedOn.map(showClaim).join('; ');
  return { state: 'contrary', claim: '', expected: rule.text, observed, ...evidenceOf(reliedOn) };
}

// One claim can be named as the one that decides; of several, none can.
function evidenceOf(reliedOn: readonly Claim[]): { claim?: ClaimName; evidence?: Claim } {
  const [only, second] = reliedOn;
  if (only === undefined || second !== undefined) return {};
  return { claim: only.name, evidence: only };
}
