import { constants } from 'node:http2';
import type { ServerHttp2Session } from 'node:http2';

import { ENVOY_CALLS_IN_FLIGHT } from '../../../ports/service-limits';
import type { ServiceLimits } from '../../../ports/service-limits';
import { createExpectedCalls } from './expected-calls';
import type { ExpectedCalls } from './expected-calls';
import type { GuardedWire } from './guarded-wire';
import type { ConnectionLoad, LoadGuard } from './load-guard';
import { createTokenBucket } from './token-bucket';
import { createUnreadWatch } from './unread-watch';

/** Why a connection is closed, and not only a call refused. */
export type Offence = 'handshake' | 'unread' | 'bytes' | 'resets' | 'frames';

/** A call of a connection, as the sweep sees it. */
export interface GuardedCall {
  /** Since when it has waited for the rest of a message; undefined while it does not. */
  waitingSinceMs(): number | undefined;
  /** Ends it, because the rest does not come. */
  endWaiting(): void;
}

/** A connection whose calls, bytes and bad habits are counted. */
export interface GuardedConnection {
  readonly load: ConnectionLoad;
  readonly calls: Set<GuardedCall>;
  readonly expected: ExpectedCalls;
  /** A call or stream has begun or ended. */
  touch(): void;
  /** When the last sweep was: near enough for what takes seconds, and cheaper than the clock. */
  sweptAtMs(): number;
  /** A client gave up a call that was not answered. */
  countReset(): void;
  /** A call was answered, which is what connections are for. */
  countAnswer(): void;
  /** Bytes of answers wait to be taken. */
  holdAnswer(bytes: number): void;
  /** Bytes of answers were taken, or nobody is left to take them. */
  releaseAnswer(bytes: number): void;
  /** Looks for what never ends, once a second. */
  sweep(nowMs: number): void;
  close(): void;
}

/**
 * Calls that a client may give up at once and over time, beside as many as are answered. A new connection may give up
 * what an Envoy has in flight (`max_requests` of its cluster), which it does when a disk stalls, and some more; it earns
 * the larger number with answers, since what one may cost in one piece is what all others wait for.
 */
const RESET_BURST = ENVOY_CALLS_IN_FLIGHT + 44;
const EARNED_RESET_BURST = 500;
const RESETS_PER_SECOND = 50;

/** PING and SETTINGS frames: some clients measure their way with a ping for every answer. */
const FRAME_BURST = 2000;
const FRAMES_PER_SECOND = 1000;

/** Seconds in which a client that is sent away may read why. */
const LAST_WORD_SECONDS = 1;

/** Part of the age of a connection by which it may be shorter or longer, so that not all of them come anew at once. */
const AGE_JITTER = 0.1;

const MS_PER_SECOND = 1000;

/** What a connection is guarded with. */
export interface ConnectionParts {
  readonly guard: LoadGuard;
  readonly limits: ServiceLimits;
  readonly nowMs: () => number;
  /** Whose it is: a client's names, or the listener where clients have none. Absent: it stands for itself. */
  readonly owner?: string | object;
  readonly onSentAway: (offence: Offence) => void;
  readonly wire: GuardedWire;
}

/** Watches a session from its start. */
export function guardConnection(
  session: ServerHttp2Session,
  { guard, limits, nowMs, owner, onSentAway, wire }: ConnectionParts,
): GuardedConnection {
  const sendAway = (offence: Offence): void => {
    if (session.destroyed) return;
    onSentAway(offence);
    cutAfterSeconds = LAST_WORD_SECONDS;
    endSession(session, wire, offence);
    guard.close(load);
  };
  const load = guard.open(() => {
    sendAway('bytes');
  }, owner);
  const habits = watchHabits(session, nowMs, sendAway);
  const calls = new Set<GuardedCall>();
  const unread = createUnreadWatch(wire);
  // What is still on its way to a client that did nothing wrong may take it as long as it may take over answers.
  let cutAfterSeconds = limits.unread_seconds;
  let destroyedAtMs: number | undefined;
  let activeAtMs = nowMs();
  const oldAtMs = activeAtMs + ageSeconds(limits) * MS_PER_SECOND;
  let sweptAtMs = activeAtMs;
  let isActive = false;
  return {
    load,
    calls,
    expected: createExpectedCalls(() => {
      guard.settleCall(load);
    }),
    touch: () => {
      isActive = true;
    },
    sweptAtMs: () => sweptAtMs,
    countReset: habits.countReset,
    countAnswer: habits.countAnswer,
    holdAnswer: (bytes) => {
      unread.hold(bytes);
      guard.hold(load, bytes);
    },
    releaseAnswer: (bytes) => {
      unread.release(bytes);
      guard.release(load, bytes);
    },
    sweep: (atMs) => {
      if (session.destroyed) {
        destroyedAtMs ??= atMs;
        // HTTP/2 does not end a connection before all is taken that it has written, which may be never.
        if (exceeds(destroyedAtMs, atMs, cutAfterSeconds)) wire.cut();
        return;
      }
      sweptAtMs = atMs;
      if (isActive) activeAtMs = atMs;
      isActive = false;
      if (exceeds(unread.look(atMs), atMs, limits.unread_seconds)) sendAway('unread');
      for (const call of calls) {
        if (exceeds(call.waitingSinceMs(), atMs, limits.message_seconds)) call.endWaiting();
      }
      const isIdle = calls.size === 0 && exceeds(activeAtMs, atMs, limits.idle_connection_seconds);
      if (!habits.hasSpoken() && exceeds(activeAtMs, atMs, limits.handshake_seconds))
        sendAway('handshake');
      else if (isIdle || atMs >= oldAtMs) session.close();
    },
    close: () => {
      guard.close(load);
    },
  };
}

/**
 * The age at which this connection takes no more calls. The library could keep it with a timer each, but Node keeps a
 * list for every duration until that is over, so that each connection would cost memory for a day.
 */
function ageSeconds({ connection_age_seconds: seconds }: ServiceLimits): number {
  return seconds * (1 + AGE_JITTER * (2 * Math.random() - 1));
}

/** True once so much time has passed since then. */
function exceeds(sinceMs: number | undefined, nowMs: number, seconds: number): boolean {
  return sinceMs !== undefined && nowMs - sinceMs >= seconds * MS_PER_SECOND;
}

/** Counts what a client may do now and then, and what it may not do as often as it likes. */
function watchHabits(
  session: ServerHttp2Session,
  nowMs: () => number,
  sendAway: (offence: Offence) => void,
): {
  readonly hasSpoken: () => boolean;
  readonly countReset: () => void;
  readonly countAnswer: () => void;
} {
  const resets = createTokenBucket(RESET_BURST, RESETS_PER_SECOND, EARNED_RESET_BURST);
  const frames = createTokenBucket(FRAME_BURST, FRAMES_PER_SECOND);
  let hasSpoken = false;
  const countFrame = (): void => {
    hasSpoken = true;
    if (!frames.take(nowMs())) sendAway('frames');
  };
  for (const event of ['remoteSettings', 'ping']) session.on(event, countFrame);
  return {
    hasSpoken: () => hasSpoken,
    countReset: () => {
      if (!resets.take(nowMs())) sendAway('resets');
    },
    countAnswer: () => {
      resets.giveBack();
    },
  };
}

/** The reason goes with it, for whoever looks into the client. */
function endSession(session: ServerHttp2Session, wire: GuardedWire, offence: Offence): void {
  // A client that knows already which call is the last one would take another number for an error.
  if (!session.closed) wire.sayGoaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, `ambit: ${offence}`);
  session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
}
