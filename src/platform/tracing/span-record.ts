import type { SpanAttributes, SpanStep } from '../../ports/tracing';

/** A part of a call, in milliseconds since the call's span began. */
export interface StepRecord {
  readonly spanId: string;
  readonly name: SpanStep;
  readonly beganMs: number;
  readonly endedMs: number;
}

/** A span that has ended and is to be sent, with the steps within it. */
export interface SpanRecord {
  readonly traceId: string;
  readonly spanId: string;
  /** Absent: the trace began here. */
  readonly parentId?: string;
  /** The `ot` member of `tracestate`. */
  readonly sampling?: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
  readonly durationMs: number;
  readonly hasFailed: boolean;
  readonly attributes: SpanAttributes;
  readonly steps: readonly StepRecord[];
}
