import type { ClaimTest } from './judge-claim';
import { wantedTest } from './wanted-value';

/** A SOC 2 Type 2 report: controls were observed over a period, not on one day. */
export const SOC2_TYPE2_TEST: ClaimTest = {
  claim: 'soc2',
  expected: 'soc2: type2',
  holds: (value) => value === 'type2',
};

/** The provider has a SOC 2 report of Type 2; Type 1 is not enough. */
export const soc2Type2 = wantedTest('soc2_type2', SOC2_TYPE2_TEST, SOC2_TYPE2_TEST.expected);
