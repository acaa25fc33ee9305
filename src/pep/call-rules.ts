import { status } from '@grpc/grpc-js';

import type { CallMethod, Telemetry } from '../ports/telemetry';
import type { Answer } from '../ports/answer';
import type { BeginSpan, CallSpan } from '../ports/tracing';
import type { Caller } from '../service/caller-rights';
import { DEADLINE_NEAR } from '../service/refusals';
import type { Refusal } from '../service/refusals';
import type { AuthenticatedCall, Identify, Identity } from './identity';
import type { CallFailure } from './incoming';
import { sayDecided, sayRefused } from './span-attributes';

/** What holds for every call of one listener. */
export interface CallRules {
  /** Tells who calls and whether there is time, or why the call is refused. */
  readonly admit: (
    call: TimedCall,
    span?: CallSpan,
  ) => AdmittedCall | { readonly failure: CallFailure };
  /** Why one more request of an open stream is not looked at: there is too much to do. */
  readonly shedRequest: () => CallFailure | undefined;
  /** Counts a decision that was answered, and tells its span. */
  readonly decided: (method: CallMethod, answer: Answer, facts: CallFacts) => void;
  /** Told of every call, or request of a stream, that is refused. */
  readonly refused: (failure: CallFailure, who: Refused) => void;
  /** Begins the span of a call. Absent: nothing is traced. */
  readonly beginSpan?: BeginSpan;
  /** Told of exceptions, which are defects. */
  readonly onDefect: (error: unknown) => void;
  readonly nowMs: () => number;
}

/** What is known of a call beside its message. */
export interface CallFacts {
  readonly caller: Caller;
  /** Why a complete block is to be answered instead of a decision: the deadline is near. */
  readonly pressure: Refusal | undefined;
  /** When work on it began, by `performance.now`. */
  readonly startedMs: number;
  /** Absent: nothing is traced. */
  readonly span?: CallSpan;
}

/** Whose call is refused, and its span. No caller: nobody knows who asks. */
export interface Refused {
  readonly caller?: Caller;
  readonly span?: CallSpan | undefined;
}

/** A call that may be looked at. */
export interface AdmittedCall extends Identity, CallFacts {}

/** What a call tells about its caller and its time. */
export type TimedCall = AuthenticatedCall & { getDeadline(): Date | number };

/** What rules are made of. */
export interface CallRuleParts extends Pick<
  CallRules,
  'shedRequest' | 'onDefect' | 'nowMs' | 'beginSpan'
> {
  /** Told of every refusal. No caller: nobody knows who asks. */
  readonly onRefused: (failure: CallFailure, caller: Caller | undefined) => void;
  readonly identify: Identify;
  readonly telemetry: Telemetry;
  /** Milliseconds that must be left of a deadline for a decision to be begun. */
  readonly deadlineMarginMs: number;
}

const MS_PER_SECOND = 1000;

const LATE: { readonly failure: CallFailure } = {
  failure: {
    code: status.DEADLINE_EXCEEDED,
    details: 'the deadline had passed before the call was looked at',
    reason: 'deadline',
  },
};

/** Creates the rules of a listener. */
export function createCallRules(parts: CallRuleParts): CallRules {
  const { identify, deadlineMarginMs, telemetry, shedRequest, onDefect, nowMs, beginSpan } = parts;
  return {
    shedRequest,
    onDefect,
    nowMs,
    ...(beginSpan === undefined ? {} : { beginSpan }),
    refused: (failure, { caller, span }) => {
      parts.onRefused(failure, caller);
      if (span !== undefined) sayRefused(span, failure, caller);
    },
    admit: (call, span) => {
      const leftMs = Number(call.getDeadline()) - Date.now();
      if (leftMs <= 0) return LATE;
      const identity = identify(call);
      if ('failure' in identity) return identity;
      const pressure = leftMs <= deadlineMarginMs ? DEADLINE_NEAR : undefined;
      const admitted = { ...identity, pressure, startedMs: performance.now() };
      return span === undefined ? admitted : { ...admitted, span };
    },
    decided: (method, answer, { caller, startedMs, span }) => {
      const durationSeconds = (performance.now() - startedMs) / MS_PER_SECOND;
      const { decision } = answer;
      telemetry.decided({ method, caller: caller.name, decision, durationSeconds });
      if (span !== undefined) sayDecided(span, method, { answer, caller });
    },
  };
}
