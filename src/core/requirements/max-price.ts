import type { KnownClaimName } from '../model/claim';
import { isAmount } from './amount';
import { allHold } from './combine';
import { judgeClaim, type ClaimTest } from './judge-claim';
import type { RequirementKind, RuleOf } from './requirement-kind';

const KIND = 'max_price';

/** Neither price is above its bound, in USD per million tokens. A bound that is not given bounds nothing. */
export const maxPrice: RequirementKind<typeof KIND> = {
  kind: KIND,
  claims: (rule) => testsOf(rule).map((test) => test.claim),
  expected: (rule) =>
    testsOf(rule)
      .map((test) => test.expected)
      .join(' and '),
  evaluate: (rule, facts) => allHold(testsOf(rule).map((test) => judgeClaim(test, facts))),
  remedy: (rule) =>
    boundsOf(rule)
      .map(([claim, bound]) => `${claim}: ${String(bound)}`)
      .join(' and '),
};

function testsOf(rule: RuleOf<typeof KIND>): readonly ClaimTest[] {
  return boundsOf(rule).map(([claim, bound]) => ({
    claim,
    expected: `${claim} at most ${String(bound)} USD per million tokens`,
    holds: (value) => isAmount(value) && value <= bound,
  }));
}

function boundsOf(rule: RuleOf<typeof KIND>): readonly (readonly [KnownClaimName, number])[] {
  const bounds: (readonly [KnownClaimName, number])[] = [];
  if (rule.prompt !== undefined) bounds.push(['price_prompt', rule.prompt]);
  if (rule.completion !== undefined) bounds.push(['price_completion', rule.completion]);
  return bounds;
}
