import type { Claim } from '../model/claim';
import type { Finding } from '../model/finding';
import { setFinding } from '../policy/set-finding';
import { showClaim } from '../requirements/judge-claim';
import { claimHolders } from './claim-holders';
import type { LintView } from './lint-view';

/** How long before a claim expires it is reported: time enough to ask a provider and to review the answer. */
const NOTICE_MS = 30 * 86_400_000;

/** Claims that have expired, and those that will within 30 days; what relies on them blocks from then on (L11). */
export function expiringClaims({ set, nowMs }: LintView): readonly Finding[] {
  return claimHolders(set)
    .flatMap((holder) => holder.claims)
    .flatMap((claim) => judgeExpiry(claim, nowMs));
}

function judgeExpiry(claim: Claim, nowMs: number): readonly Finding[] {
  const { expiresAtMs } = claim;
  if (expiresAtMs === undefined || expiresAtMs > nowMs + NOTICE_MS) return [];
  const expired = expiresAtMs <= nowMs;
  const instant = new Date(expiresAtMs).toISOString();
  return [
    setFinding({
      severity: 'warning',
      code: expired ? 'expired_claim' : 'expiring_claim',
      message: `\`${showClaim(claim)}\` ${expired ? 'expired' : 'expires'} at ${instant}`,
      help: 'check that it still holds, then raise its `expires_at`',
      position: claim.position,
    }),
  ];
}
