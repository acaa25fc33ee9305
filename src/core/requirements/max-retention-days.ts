import { isAmount } from './amount';
import { judgeClaim, type ClaimTest } from './judge-claim';
import type { RequirementKind, RuleOf } from './requirement-kind';

const KIND = 'max_retention_days';

/** What is sent is kept at most so many days. Zero retention says nothing of it, and it nothing of that (L2). */
export const maxRetentionDays: RequirementKind<typeof KIND> = {
  kind: KIND,
  claims: () => ['retention_days'],
  expected: (rule) => testOf(rule).expected,
  evaluate: (rule, facts) => judgeClaim(testOf(rule), facts),
  remedy: (rule) => `retention_days: ${String(rule.days)}`,
};

function testOf({ days }: RuleOf<typeof KIND>): ClaimTest {
  return {
    claim: 'retention_days',
    expected: `retention_days at most ${String(days)}`,
    holds: (value) => isAmount(value) && value <= days,
  };
}
