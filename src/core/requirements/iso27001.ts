import type { ClaimTest } from './judge-claim';
import { wantedTest } from './wanted-value';

/** A certificate to ISO/IEC 27001. */
export const ISO27001_TEST: ClaimTest = {
  claim: 'iso27001',
  expected: 'iso27001: true',
  holds: (value) => value === true,
};

/** The provider is certified to ISO/IEC 27001. */
export const iso27001 = wantedTest('iso27001', ISO27001_TEST, ISO27001_TEST.expected);
