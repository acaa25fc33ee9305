import type { ServerHttp2Stream } from 'node:http2';

import { AuthorizationService } from '../../../gen/envoy/service/auth/v3/external_auth';
import type { ServiceLimits } from '../../../ports/service-limits';
import type { FramingFault, FramingRules } from './message-tracker';
import { denyBegunCall, denyCall, frameOf, refuseBegunCall, refuseCall } from './refuse-call';
import { framingRefusals } from './refusals';
import type { ReadyRefusal } from './refusals';
import type { ServerGuardParts } from './server-guard-parts';

/** What is known of a method, however often it is called. */
export interface GuardedMethod extends FramingRules {
  /** True if one message asks and one answers. */
  readonly isUnary: boolean;
  /** True if a message is answered in the place of a refusal. */
  readonly hasDenials: boolean;
  /** Answers a call of which nothing was begun. */
  readonly refuse: (stream: ServerHttp2Stream, refusal: ReadyRefusal) => void;
  /** Ends a call that sends what is no message, or too much. */
  readonly refuseBegun: (stream: ServerHttp2Stream, fault: FramingFault) => void;
}

/** What methods are told by: the kind that the gRPC library has of each. */
export type TypeOfMethod = (path: string) => string | undefined;

/** Finds a method by its path. */
export type MethodOf = (path: string) => GuardedMethod;

/** Creates what finds a method by its path. All that nobody implements are one, since the library refuses them. */
export function createMethods(parts: ServerGuardParts, typeOf: TypeOfMethod): MethodOf {
  const known = new Map<string, GuardedMethod>();
  const unknown = createMethod(parts, '', undefined);
  return (path) => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const type = typeOf(path);
    if (type === undefined) return unknown;
    const method = createMethod(parts, path, type);
    known.set(path, method);
    return method;
  };
}

function createMethod(
  { limits, denials, events }: ServerGuardParts,
  path: string,
  type: string | undefined,
): GuardedMethod {
  const rules = rulesOf(limits, path, type);
  const refusals = framingRefusals(rules.limitBytes);
  const answers = denials?.get(path);
  const frames = answers && {
    overloaded: frameOf(answers.overloaded),
    tooLarge: frameOf(answers.tooLarge),
  };
  const denialFor = ({ denial }: ReadyRefusal): Uint8Array | undefined =>
    denial && frames?.[denial];
  return {
    ...rules,
    isUnary: type === 'unary',
    hasDenials: answers !== undefined,
    refuse: (stream, refusal) => {
      const frame = denialFor(refusal);
      if (frame === undefined) refuseCall(stream, refusal);
      else denyCall(stream, frame);
      events.onRefused(refusal.failure);
    },
    refuseBegun: (stream, fault) => {
      if (stream.destroyed || stream.closed) return;
      const refusal = refusals[fault];
      const frame = denialFor(refusal);
      if (frame === undefined) refuseBegunCall(stream, refusal);
      else denyBegunCall(stream, frame);
      events.onRefused(refusal.failure);
    },
  };
}

function rulesOf(limits: ServiceLimits, path: string, type: string | undefined): FramingRules {
  const takesOne = type === 'unary' || type === 'serverStream';
  // One request of a stream that is too large is answered, and the stream goes on; the library ends it beyond reason.
  if (!takesOne) return { limitBytes: Infinity, messages: Infinity };
  const isCheck = path === AuthorizationService.check.path;
  return { limitBytes: isCheck ? limits.check_bytes : limits.request_bytes, messages: 1 };
}
