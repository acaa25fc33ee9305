import { allHold } from './combine';
import { judgeClaim, type ClaimTest } from './judge-claim';
import type { RequirementKind, RuleOf } from './requirement-kind';

const KIND = 'labels';

/** Every label has exactly the wanted text. Labels mean what the operator says, and no other kind reads them. */
export const labels: RequirementKind<typeof KIND> = {
  kind: KIND,
  claims: (rule) => testsOf(rule).map((test) => test.claim),
  expected: (rule) => showTests(rule),
  evaluate: (rule, facts) => allHold(testsOf(rule).map((test) => judgeClaim(test, facts))),
  remedy: (rule) => showLabels(rule),
};

function showTests(rule: RuleOf<typeof KIND>): string {
  return testsOf(rule)
    .map((test) => test.expected)
    .join(' and ');
}

/** As a catalog states them. */
function showLabels({ labels }: RuleOf<typeof KIND>): string {
  const entries = [...labels].map(([key, text]) => `${key}: ${JSON.stringify(text)}`);
  return `labels: { ${entries.join(', ')} }`;
}

function testsOf(rule: RuleOf<typeof KIND>): readonly ClaimTest[] {
  return [...rule.labels].map(([key, text]) => ({
    claim: `label:${key}` as const,
    expected: `label:${key}: ${text}`,
    holds: (value) => value === text,
  }));
}
