import type { AuditMode } from './service-config';
import type { SinkState } from './sink-reports';
import type { TrailPosition } from './trail';

/** What there was since the start. */
export interface AuditTotals {
  /** Decisions without a record, with those of a killed process before. */
  readonly missing: number;
  /** Blocks that were counted instead of recorded. */
  readonly folded: number;
  /** Recorded decisions that were not given. */
  readonly withdrawn: number;
}

/** What waits, and what is missing. */
export interface AuditCounts {
  /** Records that wait for the disk. */
  readonly queued: number;
  /** Decisions without a record that the trail does not tell of yet. */
  readonly missing: number;
  /** Blocks that are counted and not written yet. */
  readonly folded: number;
  readonly totals: AuditTotals;
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
