import { status } from '@grpc/grpc-js';

import type { CallMethod, Telemetry } from '../ports/telemetry';
import type { Decision } from '../core/model/decision';
import type { Caller } from '../service/caller-rights';
import { DEADLINE_NEAR } from '../service/refusals';
import type { Refusal } from '../service/refusals';
import type { AuthenticatedCall, Identify, Identity } from './identity';
import type { CallFailure } from './incoming';

/** What holds for every call of one listener. */
export interface CallRules {
  /** Tells who calls and whether there is time, or why the call is refused. */
  readonly admit: (call: TimedCall) => AdmittedCall | { readonly failure: CallFailure };
  /** Why one more request of an open stream is not looked at: there is too much to do. */
  readonly shedRequest: () => CallFailure | undefined;
  /** Counts a decision that was answered. */
  readonly decided: (method: CallMethod, decision: Decision, facts: CallFacts) => void;
  /** Told of every call, or request of a stream, that is refused. No caller: nobody knows who asks. */
  readonly refused: (failure: CallFailure, caller: Caller | undefined) => void;
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
}

/** A call that may be looked at. */
export interface AdmittedCall extends Identity, CallFacts {}

/** What a call tells about its caller and its time. */
export type TimedCall = AuthenticatedCall & { getDeadline(): Date | number };

/** What rules are made of. */
export interface CallRuleParts extends Pick<
  CallRules,
  'shedRequest' | 'refused' | 'onDefect' | 'nowMs'
> {
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
  const { identify, deadlineMarginMs, telemetry, shedRequest, refused, onDefect, nowMs } = parts;
  return {
    shedRequest,
    refused,
    onDefect,
    nowMs,
    admit: (call) => {
      const leftMs = Number(call.getDeadline()) - Date.now();
      if (leftMs <= 0) return LATE;
      const identity = identify(call);
      if ('failure' in identity) return identity;
      const pressure = leftMs <= deadlineMarginMs ? DEADLINE_NEAR : undefined;
      return { ...identity, pressure, startedMs: performance.now() };
    },
    decided: (method, decision, { caller, startedMs }) => {
      const durationSeconds = (performance.now() - startedMs) / MS_PER_SECOND;
      telemetry.decided({ method, caller: caller.name, decision, durationSeconds });
    },
  };
}
