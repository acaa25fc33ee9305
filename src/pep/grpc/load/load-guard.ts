import type { ServiceLimits } from '../../../ports/service-limits';
import { createLoopWatch } from './loop-watch';
import type { LoopWatch, LoopWatchParts } from './loop-watch';

/** Why work is not taken: too much is in flight, too many streams are open, or the event loop is late. */
export type ShedReason = 'calls' | 'bytes' | 'streams' | 'delay';

/** What one connection holds. Only the guard changes it. */
export interface ConnectionLoad {
  /** Calls that have begun and are not answered. */
  calls: number;
  /** Streams that are open. */
  streams: number;
  /** Bytes of messages that are not answered, and of answers that are not taken. */
  bytes: number;
  isOpen: boolean;
  /** Whose it is. */
  readonly client: ClientLoad;
  /** Closes the connection, because it holds the most when there is too much. */
  readonly sendAway: () => void;
}

/** What all connections of one client hold together. Only the guard changes it. */
interface ClientLoad {
  /** What its connections have in common. */
  readonly owner: string | object;
  calls: number;
  bytes: number;
  connections: number;
}

/** How busy the service is. */
export interface LoadStats {
  readonly callsInFlight: number;
  readonly bytesInFlight: number;
  readonly streams: number;
  readonly connections: number;
  readonly eventLoopDelayMs: number;
  /** Calls and requests that were refused because of load since the start. */
  readonly shedCalls: number;
}

/** Calls that a connection may have in flight however busy the others are, so that nobody is locked out. */
const FAIR_CALLS = 4;

/** All connections of a client together, as a multiple of the calls that may be in flight: many do not add up. */
const FAIR_FACTOR = 2;

/** As FAIR_CALLS, while the event loop is late. */
const FAIR_CALLS_WHEN_LATE = 1;

/** Calls in flight that are left at least when the event loop is late. */
const LEAST_CALLS = 16;

/** Late looks that are taken for a stall, and not for overload. */
const TOLERATED_LATE_LOOKS = 2;

/** Streams of all connections, as a multiple of those that one may have. */
const STREAMS_FACTOR = 32;

/** Part of the bytes in flight above which connections that hold much of them get no more calls. */
const SOFT_BYTES = 0.75;

/** Part of the bytes in flight that is much for one connection. */
const FAIR_BYTES = 1 / 16;

/** Counts what all connections hold, and says what may be added. One for the whole process. */
export class LoadGuard {
  private readonly limits: ServiceLimits;
  private readonly loop: LoopWatch;
  private readonly connections = new Set<ConnectionLoad>();
  private readonly clients = new Map<string | object, ClientLoad>();
  private calls = 0;
  private streams = 0;
  private bytes = 0;
  private shedCalls = 0;

  constructor(limits: ServiceLimits, world: Omit<LoopWatchParts, 'limitMs'>) {
    this.limits = limits;
    this.loop = createLoopWatch({ ...world, limitMs: limits.event_loop_delay_ms });
  }

  /** Counts a new connection; without an owner it stands for itself. */
  open(sendAway: () => void, owner: string | object = {}): ConnectionLoad {
    const client = this.clients.get(owner) ?? { owner, calls: 0, bytes: 0, connections: 0 };
    this.clients.set(owner, client);
    client.connections += 1;
    const connection = { calls: 0, streams: 0, bytes: 0, isOpen: true, client, sendAway };
    this.connections.add(connection);
    return connection;
  }

  /** Forgets a connection with all that it holds. */
  close(connection: ConnectionLoad): void {
    if (!connection.isOpen) return;
    connection.isOpen = false;
    this.connections.delete(connection);
    this.leave(connection);
    this.calls -= connection.calls;
    this.streams -= connection.streams;
    this.bytes -= connection.bytes;
  }

  /** Takes a call, or says why not. */
  admitCall(connection: ConnectionLoad): ShedReason | undefined {
    this.loop.touch();
    const reason = this.whyNoCall(connection);
    if (reason !== undefined) return this.shed(reason);
    this.calls += 1;
    connection.calls += 1;
    connection.client.calls += 1;
    return undefined;
  }

  /** True if a call would be taken now. */
  mayAdmit(connection: ConnectionLoad): boolean {
    return this.whyNoCall(connection) === undefined;
  }

  /** A call is answered, or nobody waits for its answer. */
  settleCall(connection: ConnectionLoad): void {
    if (!connection.isOpen) return;
    this.calls -= 1;
    connection.calls -= 1;
    connection.client.calls -= 1;
  }

  /** Takes a stream, or says why not. */
  admitStream(connection: ConnectionLoad): ShedReason | undefined {
    this.loop.touch();
    const most = this.limits.streams_per_connection;
    const isFull = connection.streams >= most || this.streams >= most * STREAMS_FACTOR;
    if (isFull) return this.shed('streams');
    this.streams += 1;
    connection.streams += 1;
    return undefined;
  }

  /** A stream has ended. */
  endStream(connection: ConnectionLoad): void {
    if (!connection.isOpen) return;
    this.streams -= 1;
    connection.streams -= 1;
  }

  /** Says why one more request of an open stream is not to be looked at. */
  shedRequest(): ShedReason | undefined {
    this.loop.touch();
    return this.loop.lateLooks() > TOLERATED_LATE_LOOKS ? this.shed('delay') : undefined;
  }

  /** Counts bytes; where they are too many, the largest connection of the client that holds the most is closed. */
  hold(connection: ConnectionLoad, bytes: number): void {
    if (!connection.isOpen) return;
    this.bytes += bytes;
    connection.bytes += bytes;
    connection.client.bytes += bytes;
    if (this.bytes > this.limits.bytes_in_flight) this.sendAwayLargest();
  }

  /** Takes bytes off the count. */
  release(connection: ConnectionLoad, bytes: number): void {
    if (!connection.isOpen) return;
    this.bytes -= bytes;
    connection.bytes -= bytes;
    connection.client.bytes -= bytes;
  }

  /** What is counted now. */
  stats(): LoadStats {
    return {
      callsInFlight: this.calls,
      bytesInFlight: this.bytes,
      streams: this.streams,
      connections: this.connections.size,
      eventLoopDelayMs: this.loop.delayMs(),
      shedCalls: this.shedCalls,
    };
  }

  /** Looks at the event loop no more. */
  stop(): void {
    this.loop.close();
  }

  private whyNoCall(connection: ConnectionLoad): ShedReason | undefined {
    const most = this.limits.calls_in_flight;
    const late = this.loop.lateLooks() - TOLERATED_LATE_LOOKS;
    if (late > 0 && this.calls >= Math.max(LEAST_CALLS, most >> late)) {
      if (connection.calls >= FAIR_CALLS_WHEN_LATE) return 'delay';
    }
    const isFair = connection.calls < FAIR_CALLS && connection.client.calls < most * FAIR_FACTOR;
    if (this.calls >= most && !isFair) return 'calls';
    const mostBytes = this.limits.bytes_in_flight;
    const isFull = this.bytes >= mostBytes * SOFT_BYTES;
    return isFull && connection.bytes > mostBytes * FAIR_BYTES ? 'bytes' : undefined;
  }

  private leave({ client, calls, bytes }: ConnectionLoad): void {
    client.calls -= calls;
    client.bytes -= bytes;
    client.connections -= 1;
    if (client.connections === 0) this.clients.delete(client.owner);
  }

  private shed(reason: ShedReason): ShedReason {
    this.shedCalls += 1;
    return reason;
  }

  /** Of the client that holds the most, or many small connections could send away the large one of another. */
  private sendAwayLargest(): void {
    const client = largestOf(this.clients.values());
    const own = [...this.connections].filter((each) => each.client === client);
    largestOf(own)?.sendAway();
  }
}

/** The first of those that hold the most bytes. */
function largestOf<T extends { readonly bytes: number }>(all: Iterable<T>): T | undefined {
  let largest: T | undefined;
  for (const each of all) if (each.bytes > (largest?.bytes ?? 0)) largest = each;
  return largest;
}
