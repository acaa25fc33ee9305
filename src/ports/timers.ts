/** Calls later, at most once; answers with what keeps it from being called. */
export interface Timers {
  after(delayMs: number, call: () => void): () => void;
}
