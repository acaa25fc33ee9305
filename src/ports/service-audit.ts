import type { AuditState } from './audit-state';
import type { DecisionAudit } from './decision-audit';

/** Evidence of decisions while the service runs. */
export interface ServiceAudit extends DecisionAudit {
  state(): AuditState;
  /** Writes what waits, and seals. Never rejects: what it could not do is told. */
  close(): Promise<void>;
}
