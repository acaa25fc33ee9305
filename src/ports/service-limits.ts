/** A limit that the configuration may set, within bounds. */
export interface LimitSpec {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  /** Why it is there, as docs/limits.md shows it. */
  readonly reason: string;
}

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * Every limit that the configuration may set (`limits.NAME`). The bounds keep a service from being configured into
 * one that answers nothing, or that anybody can exhaust.
 */
export const SERVICE_LIMITS = {
  request_bytes: {
    default: MIB,
    min: 64 * KIB,
    max: 4 * MIB,
    unit: 'bytes',
    reason: 'one request of Ambit’s own services; 1,024 candidates with all parts and claims fit',
  },
  check_bytes: {
    default: 8 * MIB,
    min: 64 * KIB,
    max: 16 * MIB,
    unit: 'bytes',
    reason: 'one Check: a body that Envoy sends, with its headers',
  },
  candidates: {
    default: 1024,
    min: 1,
    max: 1024,
    unit: 'candidates',
    reason: 'one request; each is judged by every policy that applies',
  },
  map_entries: {
    default: 64,
    min: 1,
    max: 64,
    unit: 'entries',
    reason: 'the scope of a request, and its attributes; keys have at most 64 bytes',
  },
  text_bytes: {
    default: 2048,
    min: 64,
    max: 2048,
    unit: 'bytes',
    reason:
      'any text of a request; whatever it is, ids and values have at most 256, models 512, endpoints 2,048',
  },
  calls_per_connection: {
    default: 1024,
    min: 1,
    max: 4096,
    unit: 'calls',
    reason: 'calls at once on one connection; its client makes more of them wait',
  },
  streams_per_connection: {
    default: 128,
    min: 1,
    max: 4096,
    unit: 'streams',
    reason: 'streams open at once on one connection; one carries any number of requests',
  },
  connections: {
    default: 4096,
    min: 1,
    max: 65_536,
    unit: 'connections',
    reason: 'open at once on one listener; each costs memory even when idle',
  },
  calls_in_flight: {
    default: 512,
    min: 16,
    max: 65_536,
    unit: 'calls',
    reason:
      'begun and not answered, on all listeners; more are refused at once, or they would only wait',
  },
  bytes_in_flight: {
    default: 64 * MIB,
    min: 16 * MIB,
    max: 1024 * MIB,
    unit: 'bytes',
    reason:
      'of messages that are not answered and of answers that are not taken; beyond it the largest connection of the client with the most is closed',
  },
  event_loop_delay_ms: {
    default: 100,
    min: 10,
    max: 10_000,
    unit: 'milliseconds',
    reason: 'work that waits for longer than this is a queue; new work is refused until it is gone',
  },
  deadline_margin_ms: {
    default: 2,
    min: 0,
    max: 1000,
    unit: 'milliseconds',
    reason:
      'what is left of a deadline below which a complete block is answered instead of a decision',
  },
  idle_connection_seconds: {
    default: 300,
    min: 1,
    max: 86_400,
    unit: 'seconds',
    reason:
      'a connection without calls is closed after it; clients open a new one when they need it',
  },
  handshake_seconds: {
    default: 10,
    min: 1,
    max: 300,
    unit: 'seconds',
    reason: 'a client that has connected and not yet spoken whole HTTP/2 is cut',
  },
  message_seconds: {
    default: 20,
    min: 1,
    max: 300,
    unit: 'seconds',
    reason: 'a message that has begun and does not come whole holds memory; its call is ended',
  },
  unread_seconds: {
    default: 20,
    min: 1,
    max: 300,
    unit: 'seconds',
    reason:
      'a client that takes less than 32 KiB a second of what waits for it, for so long, is sent away',
  },
  connection_age_seconds: {
    default: 86_400,
    min: 60,
    max: 604_800,
    unit: 'seconds',
    reason:
      'a connection takes no more calls after it, so that clients spread over instances that are new',
  },
  session_memory_bytes: {
    default: 16 * MIB,
    min: 4 * MIB,
    max: 256 * MIB,
    unit: 'bytes',
    reason: 'of HTTP/2 itself on one connection; beyond it no stream is opened there',
  },
} as const satisfies Readonly<Record<string, LimitSpec>>;

/**
 * Calls that one Envoy has in flight at most, on all its workers, as its configuration is written: half of what Ambit
 * takes, and a tenth of a second of work, of the second that Envoy waits. What Ambit has to refuse costs it half of a
 * decision.
 */
export const ENVOY_CALLS_IN_FLIGHT = SERVICE_LIMITS.calls_in_flight.default / 2;

/** The name of a limit. */
export type LimitName = keyof typeof SERVICE_LIMITS;

/** The limits in force. */
export type ServiceLimits = Readonly<Record<LimitName, number>>;

/** The limits where nothing is configured. */
export const DEFAULT_LIMITS: ServiceLimits = Object.fromEntries(
  Object.entries(SERVICE_LIMITS).map(([name, spec]) => [name, spec.default]),
) as Record<LimitName, number>;
