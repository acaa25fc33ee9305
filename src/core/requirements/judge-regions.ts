import type { ClaimName, ClaimValue } from '../model/claim';
import { allHold } from './combine';
import { judgeClaim, showList, unmet, type ClaimTest } from './judge-claim';
import { isInside } from './regions';
import type { RequirementResult, TargetFacts } from './requirement-kind';

/**
 * Judges residency: the claim names everywhere that it may happen and all of it lies inside, and so does every
 * region that target, candidate, endpoint or model name states, whatever level the claim comes from.
 */
export function judgeRegions(
  claim: ClaimName,
  regions: readonly string[],
  facts: TargetFacts,
): RequirementResult {
  const test = regionsTest(claim, regions);
  const stated = judgeClaim(test, facts);
  const outside = facts.namedRegions.filter((region) => !isInside(region, regions));
  if (outside.length === 0) return stated;
  const observed = `named region ${outside.map((region) => `\`${region}\``).join(', ')} not inside`;
  const evidence = stated.state === 'satisfied' ? stated.reliedOn[0] : stated.evidence;
  return allHold([stated, unmet(test, 'contrary', observed, evidence)]);
}

/** What residency wants of a claim; an empty list says nothing and so lies in nothing. */
export function regionsTest(claim: ClaimName, regions: readonly string[]): ClaimTest {
  return {
    claim,
    expected: `${claim} inside ${showList(regions)}`,
    holds: (value) => isList(value) && value.length > 0 && value.every((r) => isInside(r, regions)),
  };
}

/** True for a list; a text would be looped over letter by letter. */
export function isList(value: ClaimValue): value is readonly string[] {
  return Array.isArray(value);
}
