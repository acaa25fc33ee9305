import type { RecordedClaim } from '../evidence/recorded-decision';
import { createGroups } from '../groups';
import type { BlockingRule, FoldedKey, UsedBundle } from './audit-report';

/** All that is counted by key. */
export function createSummaryGroups() {
  return {
    tenants: createGroups<string | undefined, 'decisions' | 'allow' | 'warn' | 'block'>([
      'decisions',
      'allow',
      'warn',
      'block',
    ]),
    providers: createGroups<string, 'verdicts' | 'eligible' | 'blocked'>([
      'verdicts',
      'eligible',
      'blocked',
    ]),
    blocks: createGroups<{ readonly code: string; readonly policy: string }, 'decisions'>([
      'decisions',
    ]),
    rules: createGroups<BlockingRule, 'decisions' | 'verdicts'>(['decisions', 'verdicts']),
    claims: createGroups<RecordedClaim, 'decisions'>(['decisions']),
    bundles: createGroups<UsedBundle, 'decisions'>(['decisions']),
    folded: createGroups<FoldedKey, 'count'>(['count']),
    gaps: createGroups<string, 'count' | 'unknown'>(['count', 'unknown']),
    events: createGroups<{ readonly kind: string; readonly severity: string }, 'count'>(['count']),
  };
}

/** All that is counted by key. */
export type SummaryGroups = ReturnType<typeof createSummaryGroups>;
