import type { SecurityEvent } from '../../ports/security-events';
import type { EventKind } from './catalogue';
import { SEVERITIES, type SeverityWord } from './ocsf-words';

/** Which events are wanted; what is absent is not asked for. All that is asked for must hold. */
export interface EventFilter {
  /** From this instant on, milliseconds since the epoch. */
  readonly fromMs?: number;
  /** Before this instant. */
  readonly toMs?: number;
  readonly kind?: EventKind;
  /** This bad, or worse. */
  readonly severity?: SeverityWord;
  readonly tenant?: string;
}

/** True for an event that is wanted. */
export function isWanted(event: SecurityEvent, filter: EventFilter): boolean {
  const { fromMs = -Infinity, toMs = Infinity, kind, severity, tenant } = filter;
  const { metadata, time, severity_id: severityId } = event;
  return (
    time >= fromMs &&
    time < toMs &&
    (kind === undefined || metadata.event_code === kind) &&
    (severity === undefined || severityId >= SEVERITIES[severity].id) &&
    (tenant === undefined || metadata.tenant_uid === tenant)
  );
}
