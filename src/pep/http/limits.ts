import type { ServiceLimits } from '../../ports/service-limits';

/** What one client of a server can cost. */
export interface HttpLimits {
  /** Bytes of the request line and all headers. */
  readonly headerBytes: number;
  /** Milliseconds from the connection, or from the answer before, that a whole request has once it has begun. */
  readonly requestMs: number;
  /** Milliseconds between two looks for requests that take longer. */
  readonly lookEveryMs: number;
  /** Milliseconds that a connection may be idle between two requests. */
  readonly keepAliveMs: number;
  /** Milliseconds in which a client must take something of its answer. */
  readonly readMs: number;
  /** Requests of one connection; then it is closed, which spreads clients anew. */
  readonly requestsPerConnection: number;
}

/** The limits of diagnostics, whose server owns its connections. */
export interface DiagnosticsLimits extends HttpLimits {
  /** Open connections. One more closes the one that has waited longest, so that nobody can keep probes out. */
  readonly connections: number;
  /** Milliseconds that answers have to be taken when the server closes. */
  readonly closeMs: number;
}

/** The limits that diagnostics have; scrapes come once a minute at least. A probe or a scrape stays far below all of it. */
export const DIAGNOSTICS_LIMITS: DiagnosticsLimits = {
  headerBytes: 8 * 1024,
  requestMs: 5_000,
  lookEveryMs: 1_000,
  keepAliveMs: 75_000,
  readMs: 10_000,
  requestsPerConnection: 1_000,
  connections: 64,
  closeMs: 1_000,
};

const MS_PER_SECOND = 1000;

/** Headers of one request to the service: a scope of 64 entries fits, beside what a proxy passes on. */
export const MAX_HEADERS = 128;

/** The limits of the service for its HTTP clients: a scope of 64 long entries fits into the headers. */
export function apiLimits(limits: ServiceLimits): HttpLimits {
  return {
    headerBytes: 32 * 1024,
    requestMs: limits.message_seconds * MS_PER_SECOND,
    lookEveryMs: 1_000,
    keepAliveMs: limits.idle_connection_seconds * MS_PER_SECOND,
    readMs: limits.unread_seconds * MS_PER_SECOND,
    requestsPerConnection: 10_000,
  };
}
