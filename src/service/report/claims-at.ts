import type { RecordedClaim } from '../evidence/recorded-decision';
import type { Groups } from '../groups';
import type { AuditSummary, ClaimState } from './audit-report';

/** Milliseconds before its expiry in which a claim is to be renewed: 30 days. */
const SOON_MS = 30 * 24 * 3_600_000;

/** The claims that decisions relied on: those that have expired first, then those that expire soon, then the others. */
export function claimsAt(
  claims: Groups<RecordedClaim, 'decisions'>,
  endMs: number,
  limit: number,
): AuditSummary['claims'] {
  const states: Record<ClaimState, number> = { valid: 0, soon: 0, expired: 0 };
  const { listed, others } = claims.top(limit, (claim) => RANKS[stateOf(claim, endMs)]);
  for (const claim of claims.keys()) states[stateOf(claim, endMs)] += 1;
  return {
    states,
    others,
    listed: listed.map(({ key, counts }) => ({
      key: { claim: key, state: stateOf(key, endMs) },
      counts,
    })),
  };
}

const RANKS: Readonly<Record<ClaimState, number>> = { expired: 0, soon: 1, valid: 2 };

/** What expires at an instant is expired at it. */
function stateOf({ expiresAt }: RecordedClaim, endMs: number): ClaimState {
  if (expiresAt === undefined) return 'valid';
  const leftMs = Date.parse(expiresAt) - endMs;
  if (leftMs <= 0) return 'expired';
  return leftMs <= SOON_MS ? 'soon' : 'valid';
}
