/** What one client of the diagnostics can cost. A probe or a scrape stays far below all of it. */
export interface DiagnosticsLimits {
  /** Bytes of the request line and all headers. */
  readonly headerBytes: number;
  /** Headers of one request; more are refused with it, since they are more bytes. */
  readonly headers: number;
  /** Milliseconds from the connection, or from the answer before, that a whole request has once it has begun. */
  readonly requestMs: number;
  /** Milliseconds between two looks for requests that take longer. */
  readonly lookEveryMs: number;
  /** Milliseconds that a connection may be idle between two requests; scrapes come once a minute at least. */
  readonly keepAliveMs: number;
  /** Milliseconds in which a client must take something of its answer. */
  readonly readMs: number;
  /** Requests of one connection; then it is closed, which spreads clients anew. */
  readonly requestsPerConnection: number;
  /** Open connections. One more closes the one that has waited longest, so that nobody can keep probes out. */
  readonly connections: number;
  /** Milliseconds that answers have to be taken when the server closes. */
  readonly closeMs: number;
}

/** The limits that the service has. */
export const DIAGNOSTICS_LIMITS: DiagnosticsLimits = {
  headerBytes: 8 * 1024,
  headers: 64,
  requestMs: 5_000,
  lookEveryMs: 1_000,
  keepAliveMs: 75_000,
  readMs: 10_000,
  requestsPerConnection: 1_000,
  connections: 64,
  closeMs: 1_000,
};
