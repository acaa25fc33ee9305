import { oneHolds } from './combine';
import { judgeClaim, showList, type ClaimTest } from './judge-claim';
import { judgeRegions, regionsTest } from './judge-regions';
import type { RequirementKind } from './requirement-kind';

const CLAIM = 'storage_regions';

const NOTHING_KEPT: ClaimTest = {
  claim: 'retention_days',
  expected: 'retention_days: 0',
  holds: (value) => value === 0,
};

/**
 * What is kept is kept inside the regions and nowhere else. A statement that nothing is kept satisfies it, the
 * one inference from a claim to another requirement (L2). Where that does not hold, storage stands on its own,
 * save that a conflict over what is kept leads: no warn policy gives way for it (L9).
 */
export const storageRegions: RequirementKind<'storage_regions'> = {
  kind: 'storage_regions',
  claims: () => [CLAIM, NOTHING_KEPT.claim],
  expected: (rule) => `${regionsTest(CLAIM, rule.regions).expected} or ${NOTHING_KEPT.expected}`,
  evaluate(rule, facts) {
    const kept = judgeClaim(NOTHING_KEPT, facts);
    if (kept.state === 'satisfied') return kept;
    const stored = judgeRegions(CLAIM, rule.regions, facts);
    return kept.state === 'conflicting' ? oneHolds([stored, kept]) : stored;
  },
  remedy: (rule) => `${CLAIM}: ${showList(rule.regions)} or ${NOTHING_KEPT.expected}`,
};
