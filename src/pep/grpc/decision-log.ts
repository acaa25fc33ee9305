import type { DestinationStream } from 'pino';

import type { EligibleVerdict, Verdict } from '../../core/model/decision';
import { createRecordLogger } from '../../platform/logging';
import type { DecisionLog } from '../../ports/decision-log';
import type { ServiceConfig } from '../../ports/service-config';
import { nameOrMark } from '../../service/evidence/capture';
import { unmetOf } from '../shared/unmet';

/** What a record says of a verdict; kept beside it, because the engine gives the same verdicts again and again. */
interface BlockedEntry {
  readonly ref: string;
  readonly code: string;
}

const ENTRIES = new WeakMap<Verdict, BlockedEntry>();

/**
 * Writes one line for each decision, or for each that a policy wants logged (`log_provider_selection`) and in which a warn
 * policy gave way, since nothing else tells that something is not met: ids and codes, never anything that the end client
 * wrote but names, as in a record: what is none is marked, since it may be a prompt or a key. What a target of the catalog may receive is told by its id, so that the line
 * can be held against a log of what was sent (`ambit audit reconcile`).
 */
export function createDecisionLog(
  config: Pick<ServiceConfig, 'logLevel' | 'recordedDecisions'>,
  destination: DestinationStream,
): DecisionLog {
  const log = createRecordLogger(config, destination);
  const recordsAll = config.recordedDecisions === 'all';
  return {
    record: (ask, { decisionId, decision, bundle }, via) => {
      const { tenant } = ask.request.context;
      const isWarn = decision.outcome === 'warn';
      const isWanted = decision.policies.some(({ logSelection }) => logSelection);
      if (!recordsAll && !isWarn && !isWanted) return;
      log.info(
        {
          decision_id: decisionId,
          via,
          request_id: nameOrMark(ask.requestId),
          trace_id: ask.origin?.span?.traceId,
          tenant: tenant === undefined ? undefined : nameOrMark(tenant),
          outcome: decision.outcome,
          code: decision.block?.code,
          eligible: decision.eligible.map(nameOf),
          ...(isWarn ? { unmet: unmetOf(decision.eligible, nameOf) } : {}),
          targets: targetsOf(decision.eligible),
          blocked: blockedEntries(decision.verdicts),
          policies: decision.policies.map(({ id }) => id),
          bundle: bundle?.digest,
        },
        'decision',
      );
    },
  };
}

/** What may receive it is called; the catalog's own id as it is, whatever its form, for it is held against other logs. */
function nameOf({ ref, target }: EligibleVerdict): string {
  return ref === target ? ref : nameOrMark(ref);
}

/** The targets, where the enforcement point has other names for them; absent: the names are the targets. */
function targetsOf(eligible: readonly EligibleVerdict[]): readonly string[] | undefined {
  const isNamed = ({ ref, target }: EligibleVerdict): boolean => ref === target;
  return eligible.every(isNamed) ? undefined : eligible.map(({ target }) => target);
}

function blockedEntries(verdicts: readonly Verdict[]): readonly BlockedEntry[] {
  const entries: BlockedEntry[] = [];
  for (const verdict of verdicts) {
    if (verdict.eligible) continue;
    const known = ENTRIES.get(verdict);
    const entry = known ?? { ref: nameOrMark(verdict.ref), code: verdict.reasons[0].code };
    if (known === undefined) ENTRIES.set(verdict, entry);
    entries.push(entry);
  }
  return entries;
}
