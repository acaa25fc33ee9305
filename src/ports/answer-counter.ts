/** How far the evidence of decisions had come. */
export interface AnswerCount {
  /** Decisions that were made, and may have been answered. */
  readonly made: number;
  /** Those of them that the trail accounts for, one by one or in a count, up to `sequence`. */
  readonly accounted: number;
  /** The last line of the trail that `accounted` knows of. */
  readonly sequence: number;
}

/** What a process leaves of its count: the count, no file or an empty one, or something that no process has written. */
export type LeftCount = AnswerCount | 'missing' | 'malformed';

/** Counts decisions so that the number outlasts the process, however it ends. It does not outlast a power cut. */
export interface AnswerCounter {
  /** What the process before has left. */
  readonly before: LeftCount;
  /** Replaces the count. Throws where the system fails. */
  write(count: AnswerCount): void;
  close(): void;
}
