import type { Claim } from '../model/claim';
import type { RequirementRule } from '../model/requirement';
import { allHold, oneHolds } from './combine';
import { GDPR_TEST } from './gdpr';
import { ISO27001_TEST } from './iso27001';
import { judgeClaim, showClaim, unmet, type ClaimTest } from './judge-claim';
import type { RequirementKind, RequirementResult, RuleOf, TargetFacts } from './requirement-kind';
import { SOC2_TEST } from './soc2';
import { SOC2_TYPE2_TEST } from './soc2-type2';

const KIND = 'certifications';
const DAY_MS = 86_400_000;

/** Names that stand for a claim with a meaning of its own; every other name is read as `certification:NAME`. */
const KNOWN_NAMES: ReadonlyMap<string, ClaimTest> = new Map([
  ['soc2', SOC2_TEST],
  ['soc2_type1', SOC2_TEST],
  ['soc2_type2', SOC2_TYPE2_TEST],
  ['iso27001', ISO27001_TEST],
  ['gdpr', GDPR_TEST],
]);

/** All of some certifications, one of others, each checked within the last days if an age is given. */
export const certifications: RequirementKind<typeof KIND> = {
  kind: KIND,
  claims: (rule) => [...new Set([...rule.allOf, ...rule.anyOf].map((name) => testOf(name).claim))],
  expected: (rule) => showRule(rule),
  evaluate(rule, facts) {
    const parts = rule.allOf.map((name) => judgeOne(name, rule, facts));
    if (rule.anyOf.length === 0) return allHold(parts);
    return allHold([...parts, oneHolds(rule.anyOf.map((name) => judgeOne(name, rule, facts)))]);
  },
  remedy: (rule) => showRule(rule),
};

/**
 * How long after its `checked_at` a claim ceases to satisfy the rule, in milliseconds; undefined where age does
 * not matter. The verdict changes at `checkedAtMs`, and at `checkedAtMs` + limit, for each claim that the
 * rule reads.
 */
export function ageLimitMs(rule: RequirementRule): number | undefined {
  if (rule.kind !== KIND || rule.maxAgeDays === undefined) return undefined;
  return rule.maxAgeDays * DAY_MS;
}

function testOf(name: string): ClaimTest {
  const claim = `certification:${name}` as const;
  return (
    KNOWN_NAMES.get(name) ?? { claim, expected: `${claim}: true`, holds: (value) => value === true }
  );
}

function judgeOne(name: string, rule: RuleOf<typeof KIND>, facts: TargetFacts): RequirementResult {
  const test = testOf(name);
  const result = judgeClaim(test, facts);
  const limitMs = ageLimitMs(rule);
  const claim = result.state === 'satisfied' ? result.reliedOn[0] : undefined;
  if (limitMs === undefined || claim === undefined) return result;
  return judgeAge({ test, claim, limitMs, nowMs: facts.nowMs }) ?? result;
}

// Undefined if the claim is young enough. The comparison is put so that a figure that is no number fails it.
function judgeAge(age: {
  readonly test: ClaimTest;
  readonly claim: Claim;
  readonly limitMs: number;
  readonly nowMs: number;
}): RequirementResult | undefined {
  const { claim, limitMs, nowMs } = age;
  const test = { ...age.test, expected: `${age.test.expected}, ${showAge(limitMs)}` };
  if (claim.checkedAtMs === undefined) {
    return unmet(test, 'unknown', 'declared with no checked_at', claim);
  }
  // A day that has not come would keep the claim young for as long as somebody mistyped it.
  if (claim.checkedAtMs > nowMs) {
    return unmet(test, 'unknown', 'declared with a checked_at that has not come', claim);
  }
  if (claim.checkedAtMs + limitMs > nowMs) return undefined;
  return unmet(test, 'expired', `${showClaim(claim)}, checked too long ago`, claim);
}

function showAge(limitMs: number): string {
  return `checked within ${String(limitMs / DAY_MS)} days`;
}

function showRule(rule: RuleOf<typeof KIND>): string {
  const show = (name: string) => testOf(name).expected;
  const parts = rule.allOf.map(show);
  if (rule.anyOf.length > 0) parts.push(rule.anyOf.map(show).join(' or '));
  const limitMs = ageLimitMs(rule);
  return parts.join(' and ') + (limitMs === undefined ? '' : `, ${showAge(limitMs)}`);
}
