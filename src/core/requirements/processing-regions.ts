import { showList } from './judge-claim';
import { judgeRegions, regionsTest } from './judge-regions';
import type { RequirementKind } from './requirement-kind';

const CLAIM = 'processing_regions';

/** Requests are processed inside the regions and nowhere else. Headquarters say nothing of it (L2). */
export const processingRegions: RequirementKind<'processing_regions'> = {
  kind: 'processing_regions',
  claims: () => [CLAIM],
  expected: (rule) => regionsTest(CLAIM, rule.regions).expected,
  evaluate: (rule, facts) => judgeRegions(CLAIM, rule.regions, facts),
  remedy: (rule) => `${CLAIM}: ${showList(rule.regions)}`,
};
