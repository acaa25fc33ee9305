import type { AuditState } from './audit-state';
import type { Decision, Outcome } from '../core/model/decision';
import { BLOCK_ONLY_CODES, REASON_CODES } from '../core/model/reason';
import type { HealthCheck } from './health-check';
import type { SpanCounts } from './tracing';

/** How a decision was asked for: Decide, DecideStream, Envoy's Check, ListEligible. */
export const CALL_METHODS = ['decide', 'stream', 'check', 'list'] as const;

/** How a decision was asked for. */
export type CallMethod = (typeof CALL_METHODS)[number];

/** Every outcome of a decision. */
export const OUTCOMES = ['allow', 'warn', 'block'] as const satisfies readonly Outcome[];

/** The codes that a single candidate can be blocked with. */
export const CANDIDATE_CODES: readonly string[] = Object.keys(REASON_CODES);

/** The codes that a whole request can be blocked with. */
export const BLOCK_CODES: readonly string[] = [...CANDIDATE_CODES, ...BLOCK_ONLY_CODES];

/** Why a call, or one request of a stream, was refused with a gRPC error and nothing was decided. */
export const REFUSAL_REASONS = [
  'identity', // nobody knows who asks
  'rights', // the caller claimed a tenant or scope that it may not
  'invalid', // read, and contradicting the contract
  'malformed', // not readable as what it should be
  'size', // beyond a limit of bytes or elements
  'deadline', // it had passed, or could not be met
  'overload', // refused so that others are answered in time
  'shutdown', // the service goes away
  'defect', // Ambit failed
] as const;

/** Why a call was refused. */
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** What can become of a reading of the sources. */
export const RELOAD_OUTCOMES = ['activated', 'unchanged', 'rejected', 'torn'] as const;

/** What became of a reading of the sources. */
export type ReloadOutcome = (typeof RELOAD_OUTCOMES)[number];

/** The names of gRPC's status codes by their numbers. */
export const GRPC_STATUS_NAMES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;

/** A decision that was answered. */
export interface DecidedCall {
  readonly method: CallMethod;
  /** The caller's name in the configuration; empty where it has none. */
  readonly caller: string;
  readonly decision: Decision;
  /** From the start of the handler to the encoded answer. */
  readonly durationSeconds: number;
}

/** A call, or one request of a stream, that got a gRPC error. */
export interface RefusedCall {
  /** The caller's name in the configuration; empty where nobody knows it. */
  readonly caller: string;
  /** The number of the gRPC status. */
  readonly status: number;
  readonly reason: RefusalReason;
}

/**
 * Is told of what happens, one method a thing. Nothing here ever throws, waits or keeps what it is given, whatever
 * the values: a decision must not depend on being counted.
 */
export interface Telemetry {
  decided(call: DecidedCall): void;
  refused(call: RefusedCall): void;
  /** A client on a listener did not get through the TLS handshake, so there is no call to refuse. */
  handshakeFailed(listener: string): void;
  /** A connection to a listener was closed at once because there are too many. */
  connectionRefused(listener: string): void;
  reloaded(outcome: ReloadOutcome): void;
  /** A defect was met; nothing was let through. */
  failed(): void;
}

/** The bundle that decides. */
export interface BundleState {
  readonly digest: string;
  readonly revision?: number;
  readonly sequence: number;
  readonly loadedAtMs: number;
  /** The next instant at which an expiry changes verdicts. */
  readonly validUntilMs?: number;
  readonly targets: number;
  readonly policies: number;
  readonly files: number;
  /** Claims that are in force and end soon. */
  readonly expiringClaims: ExpiringClaims;
}

/** Claims that end within so many days from now; each also counts for the longer time. */
export interface ExpiringClaims {
  readonly within7Days: number;
  readonly within30Days: number;
}

/** What is known of the sources. */
export interface SourcesState {
  /** Absent: none is loaded. */
  readonly bundle?: BundleState;
  /** Absent: the last reading was accepted. */
  readonly rejectedAtMs?: number;
  /** Since valid sources were read last. Absent: never. */
  readonly ageMs?: number;
  /** Absent: there is no limit. */
  readonly maxAgeMs?: number;
  readonly stale: boolean;
}

/** How busy the service is, and what it takes at most. */
export interface LoadState {
  readonly callsInFlight: number;
  readonly maxCallsInFlight: number;
  readonly bytesInFlight: number;
  readonly maxBytesInFlight: number;
  readonly eventLoopDelayMs: number;
  /** Calls that were refused because of load since the start. */
  readonly shedCalls: number;
}

/** A listener of the service. */
export interface ListenerState {
  /** Its address as the configuration writes it. */
  readonly listener: string;
  readonly connections: number;
  readonly maxConnections: number;
  /** When the certificate that it shows ends. Absent: it shows none. */
  readonly certificateExpiresAtMs?: number;
}

/** Everything that is state and no event, read at the instant of asking. */
export interface TelemetryState {
  readonly readiness: readonly HealthCheck[];
  readonly sources: SourcesState;
  readonly load: LoadState;
  readonly listeners: readonly ListenerState[];
  /** Lines of the log that were dropped since the start. */
  readonly lostLogLines: number;
  /** Absent: no evidence is kept. */
  readonly audit?: AuditState;
  readonly spans: SpanCounts;
}
