import { status } from '@grpc/grpc-js';
import type { handleUnaryCall, sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';

import type { CallFailure, Incoming } from './incoming';

/** The answer to one message, or why there is none. */
export type Reply<T> = { readonly answer: T } | { readonly failure: CallFailure };

/** A defect: nothing about it is told to the caller, for whom it means that nothing is eligible. */
const INTERNAL_FAILURE: CallFailure = {
  code: status.INTERNAL,
  details: 'the service failed to answer; nothing is eligible',
};

const LATE: CallFailure = {
  code: status.DEADLINE_EXCEEDED,
  details: 'the deadline had passed before the call was looked at',
};

/** A refusal of what the enforcement point sent. */
export function invalidArgument(details: string): { readonly failure: CallFailure } {
  return { failure: { code: status.INVALID_ARGUMENT, details } };
}

/** Turns a synchronous function into a handler. Work that can no longer be in time is not started. */
export function createUnaryHandler<Request, Response>(
  answer: (message: Request) => Reply<Response>,
  onDefect: (error: unknown) => void,
): handleUnaryCall<Incoming<Request>, Response> {
  return (call, callback) => {
    const incoming = call.request;
    if ('failure' in incoming) {
      callback(incoming.failure);
    } else if (isLate(call)) {
      callback(LATE);
    } else {
      send(replyTo(answer, incoming.message, onDefect), callback);
    }
  };
}

/** Calls a function that must not throw, and makes a refusal of it if it does. */
export function replyTo<Request, Response>(
  answer: (message: Request) => Reply<Response>,
  message: Request,
  onDefect: (error: unknown) => void,
): Reply<Response> {
  try {
    return answer(message);
  } catch (error) {
    onDefect(error);
    return { failure: INTERNAL_FAILURE };
  }
}

function send<Response>(reply: Reply<Response>, callback: sendUnaryData<Response>): void {
  if ('failure' in reply) callback(reply.failure);
  else callback(null, reply.answer);
}

function isLate(call: ServerUnaryCall<unknown, unknown>): boolean {
  const deadline = call.getDeadline();
  return Number(deadline) <= Date.now();
}
