/** What carries a session. */
export interface GuardedWire {
  /** Bytes of HTTP/2 that the client's machine has taken so far. */
  readonly takenBytes: number;
  /** All that it has taken so far, refusals of the gate included, and what waits for it. */
  readonly sentBytes: number;
  readonly waitingBytes: number;
  /**
   * Tells the client with what code of HTTP/2 its connection ends, and why, without HTTP/2, which goes on to take calls. It does
   * not where another frame is on its way, or the client does not read.
   */
  sayGoaway(code: number, reason: string): void;
  /** Ends the connection, whatever is still to be written on it. */
  cut(): void;
}
