/** The time as an input. Milliseconds since the epoch, UTC; never runs backwards within a process. */
export interface Clock {
  readonly nowMs: () => number;
}
