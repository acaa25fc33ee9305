import type { RequirementRule } from '../model/requirement';
import { isInside, mayOverlap, REGION_NAMES } from '../requirements/regions';
import type { RuleOf } from '../requirements/requirement-kind';

/**
 * True if nothing that anybody can claim meets both rules. Only what is certain is found: an expression may oppose
 * anything, and residency of storage opposes nothing, because what keeps nothing meets all of it.
 */
export function areOpposed(left: RequirementRule, right: RequirementRule): boolean {
  if (left.kind === 'processing_regions' && right.kind === left.kind) {
    return !REGION_NAMES.some(
      (region) => isInside(region, left.regions) && isInside(region, right.regions),
    );
  }
  if (left.kind === 'headquarters' && right.kind === left.kind) {
    return !REGION_NAMES.some((seat) => fits(left, seat) && fits(right, seat));
  }
  if (left.kind === 'quantizations' && right.kind === left.kind) {
    return !left.allowed.some((each) => right.allowed.includes(each));
  }
  if (left.kind === 'labels' && right.kind === left.kind) {
    return [...left.labels].some(([key, text]) => (right.labels.get(key) ?? text) !== text);
  }
  return false;
}

/** True if no claim meets the rule by itself: a seat that is allowed lies in one that is denied. */
export function isOpposedToItself(rule: RequirementRule): boolean {
  return rule.kind === 'headquarters' && !REGION_NAMES.some((seat) => fits(rule, seat));
}

/** True if a company with this one seat meets the rule; one with several meets it if each of them does. */
function fits({ allow, deny = [] }: RuleOf<'headquarters'>, seat: string): boolean {
  return (
    (allow === undefined || isInside(seat, allow)) && !deny.some((each) => mayOverlap(seat, each))
  );
}
