import type { Logger } from 'pino';

import type { DecisionLog } from '../../ports/decision-log';

/**
 * Writes one line for each decision that a policy wants logged (`log_provider_selection`): ids and codes, never
 * anything that the end client wrote but the names that it chose among.
 */
export function createDecisionLog(log: Logger): DecisionLog {
  return {
    record: (ask, { decisionId, decision, bundle }) => {
      if (!decision.policies.some(({ logSelection }) => logSelection)) return;
      log.info(
        {
          decision_id: decisionId,
          request_id: ask.requestId,
          tenant: ask.request.context.tenant,
          outcome: decision.outcome,
          code: decision.block?.code,
          eligible: decision.eligible.map(({ ref }) => ref),
          blocked: decision.verdicts.flatMap((verdict) =>
            verdict.eligible ? [] : [{ ref: verdict.ref, code: verdict.reasons[0].code }],
          ),
          policies: decision.policies.map(({ id }) => id),
          bundle: bundle?.digest,
        },
        'decision',
      );
    },
  };
}
