import { judgeClaim, showList, type ClaimTest } from './judge-claim';
import type { RequirementKind, RuleOf } from './requirement-kind';

const KIND = 'quantizations';

/** The model runs at one of the listed precisions, compared letter by letter: `fp8` is not `FP8`. */
export const quantizations: RequirementKind<typeof KIND> = {
  kind: KIND,
  claims: () => ['quantization'],
  expected: (rule) => testOf(rule).expected,
  evaluate: (rule, facts) => judgeClaim(testOf(rule), facts),
  remedy: ({ allowed }) => `quantization: ${allowed.join(' or ')}`,
};

function testOf({ allowed }: RuleOf<typeof KIND>): ClaimTest {
  return {
    claim: 'quantization',
    expected: `quantization in ${showList(allowed)}`,
    holds: (value) => typeof value === 'string' && allowed.includes(value),
  };
}
