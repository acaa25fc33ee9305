import type { AuditMode } from './service-config';
import type { SinkState } from './sink-reports';
import type { TrailPosition } from './trail';

/** What waits, and what is missing. */
export interface AuditCounts {
  /** Records that wait for the disk. */
  readonly queued: number;
  /** Decisions without a record that the trail does not tell of yet. */
  readonly missing: number;
  /** Blocks that are counted and not written yet. */
  readonly folded: number;
  /** Since the start: decisions without a record, with those of a killed process before, and blocks that were folded. */
  readonly totals: { readonly missing: number; readonly folded: number };
}

/** How evidence is kept at this instant. */
export interface AuditState extends AuditCounts {
  readonly mode: AuditMode;
  /** Why it cannot be kept. Absent: it can. */
  readonly problem?: string;
  readonly sinks: readonly SinkState[];
  /** The last line of the trail. Absent: there is none yet. */
  readonly head?: TrailPosition;
}
