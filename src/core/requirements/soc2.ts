import type { ClaimTest } from './judge-claim';
import { wantedTest } from './wanted-value';

/** A SOC 2 report of either type: a Type 2 report covers all that a Type 1 report does, and a period besides. */
export const SOC2_TEST: ClaimTest = {
  claim: 'soc2',
  expected: 'soc2: type1 or type2',
  holds: (value) => value === 'type1' || value === 'type2',
};

/** The provider has a SOC 2 report, of whichever type. */
export const soc2 = wantedTest('soc2', SOC2_TEST, 'soc2: type2');
