/** How far a sink is. */
export interface SinkProgress {
  /** The number of the last record that it has. */
  readonly sequence: number;
  /** Records of the trail that it does not have yet. */
  readonly lag: number;
}

/** How a sink fares at the moment. */
export interface SinkState extends SinkProgress {
  readonly sink: string;
  /** Why the last attempt failed. Absent: it did not. */
  readonly lastProblem?: string;
}

/** Is told how sinks fare, for metrics and the log. Nothing here throws or waits. */
export interface SinkReports {
  delivered(sink: string, progress: SinkProgress): void;
  /** Something failed and is tried again; `attempt` counts from 1 since something last went well. */
  failed(sink: string, failure: SinkFailure): void;
}

/** What kept a sink from going on. */
export interface SinkFailure {
  readonly problem: string;
  readonly attempt: number;
  /** Until the next attempt. */
  readonly retryAfterMs: number;
}
