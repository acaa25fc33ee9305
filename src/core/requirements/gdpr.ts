import type { ClaimTest } from './judge-claim';
import { wantedTest } from './wanted-value';

/** A statement of compliance with the GDPR. */
export const GDPR_TEST: ClaimTest = {
  claim: 'gdpr',
  expected: 'gdpr: true',
  holds: (value) => value === true,
};

/** The provider states that it complies with the GDPR. Says nothing of where data is processed (L2). */
export const gdpr = wantedTest('gdpr', GDPR_TEST, GDPR_TEST.expected);
