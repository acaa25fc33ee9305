import type { LinePlace } from '../../ports/log-lines';
import { RECONCILE_CODES } from '../../service/reconcile/findings';
import type { ReconcileFinding } from '../../service/reconcile/findings';
import type { Reconciliation } from '../../service/reconcile/reconciliation';

/** The reconciliation for programs; docs/reconcile.md has its names. */
export function reconciliationDocument(reconciliation: Reconciliation): unknown {
  const { isClean, counts, found, findings, unreadable, advice } = reconciliation;
  return {
    apiVersion: 'ambit/v1',
    kind: 'Reconciliation',
    clean: isClean,
    counts,
    found,
    findings: findings.map(toEntry),
    unreadable: unreadable.map(({ place, problem }) => ({ ...place, problem })),
    advice,
  };
}

function toEntry(finding: ReconcileFinding): unknown {
  const { code, message, place, decisionId, requestId, decisionPlace } = finding;
  return {
    level: RECONCILE_CODES[code],
    code,
    message,
    ...place,
    ...(decisionId === '' ? {} : { decisionId }),
    ...(requestId === '' ? {} : { requestId }),
    ...recordedAt(decisionPlace),
  };
}

function recordedAt(place: LinePlace | undefined): { readonly recordedAt?: LinePlace } {
  return place === undefined ? {} : { recordedAt: place };
}
