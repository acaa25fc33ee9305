import type { Logger } from 'pino';

import type { Verdict } from '../../core/model/decision';
import type { DecisionLog } from '../../ports/decision-log';
import { unmetOf } from '../shared/unmet';

/** What a record says of a verdict; kept beside it, because the engine gives the same verdicts again and again. */
interface BlockedEntry {
  readonly ref: string;
  readonly code: string;
}

const ENTRIES = new WeakMap<Verdict, BlockedEntry>();

/**
 * Writes one line for each decision that a policy wants logged (`log_provider_selection`), and for each in which a
 * warn policy gave way, since nothing else tells that something is not met: ids and codes, never anything that the end
 * client wrote but the names that it chose among.
 */
export function createDecisionLog(log: Logger): DecisionLog {
  return {
    record: (ask, { decisionId, decision, bundle }) => {
      const isWarn = decision.outcome === 'warn';
      if (!isWarn && !decision.policies.some(({ logSelection }) => logSelection)) return;
      log.info(
        {
          decision_id: decisionId,
          request_id: ask.requestId,
          tenant: ask.request.context.tenant,
          outcome: decision.outcome,
          code: decision.block?.code,
          eligible: decision.eligible.map(({ ref }) => ref),
          ...(isWarn ? { unmet: unmetOf(decision.eligible, ({ ref }) => ref) } : {}),
          blocked: blockedEntries(decision.verdicts),
          policies: decision.policies.map(({ id }) => id),
          bundle: bundle?.digest,
        },
        'decision',
      );
    },
  };
}

function blockedEntries(verdicts: readonly Verdict[]): readonly BlockedEntry[] {
  const entries: BlockedEntry[] = [];
  for (const verdict of verdicts) {
    if (verdict.eligible) continue;
    const known = ENTRIES.get(verdict);
    const entry = known ?? { ref: verdict.ref, code: verdict.reasons[0].code };
    if (known === undefined) ENTRIES.set(verdict, entry);
    entries.push(entry);
  }
  return entries;
}
