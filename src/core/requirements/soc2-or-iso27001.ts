import { oneHolds } from './combine';
import { ISO27001_TEST } from './iso27001';
import { judgeClaim } from './judge-claim';
import type { RequirementKind } from './requirement-kind';
import { SOC2_TYPE2_TEST } from './soc2-type2';

const EXPECTED = `${SOC2_TYPE2_TEST.expected} or ${ISO27001_TEST.expected}`;

/**
 * Either of the two is enough, SOC 2 only with a report of Type 2. Where neither is, the worse state leads
 * (`STATE_ORDER`): a conflict in one is not hidden by silence on the other.
 */
export const soc2OrIso27001: RequirementKind<'soc2_or_iso27001'> = {
  kind: 'soc2_or_iso27001',
  claims: () => [SOC2_TYPE2_TEST.claim, ISO27001_TEST.claim],
  expected: () => EXPECTED,
  evaluate: (_rule, facts) =>
    oneHolds([judgeClaim(SOC2_TYPE2_TEST, facts), judgeClaim(ISO27001_TEST, facts)]),
  remedy: () => EXPECTED,
};
