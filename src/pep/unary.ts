import { status } from '@grpc/grpc-js';
import type { handleUnaryCall, ServerUnaryCall } from '@grpc/grpc-js';

import type { CallFacts, CallRules } from './call-rules';
import type { CallFailure, Incoming } from './incoming';
import type { Soon } from '../service/soon';
import type { CallSpan } from '../ports/tracing';
import { nameOfCall, parentOfCall, readTraceParent } from './trace-context';
import type { ReadValues } from './trace-context';

/** The answer to one message, or why there is none. */
export type Reply<T> = { readonly answer: T } | { readonly failure: CallFailure };

/** A defect: nothing about it is told to the caller, for whom it means that nothing is eligible. */
const INTERNAL_FAILURE: CallFailure = {
  code: status.INTERNAL,
  details: 'the service failed to answer; nothing is eligible',
  reason: 'defect',
};

/** A refusal of what the enforcement point sent. */
export function invalidArgument(details: string): { readonly failure: CallFailure } {
  return { failure: { code: status.INVALID_ARGUMENT, details, reason: 'invalid' } };
}

/** What is answered in the place of a refusal; undefined: the refusal, as a gRPC error. */
export type AnswerRefusal<Response> = (failure: CallFailure) => Response | undefined;

/** What a method has beside its answer. */
export interface UnaryTraits<Request, Response> {
  readonly answerRefusal?: AnswerRefusal<Response>;
  /** Where a message itself brings a trace, for calls whose metadata brings none. */
  readonly traceIn?: (message: Request) => ReadValues;
}

/** Answers one message, now or later. */
export type AnswerCallSoon<Request, Response> = (
  message: Request,
  facts: CallFacts,
) => Soon<Reply<Response>>;

/** Turns a function into a handler. Work that can no longer be in time is not started. */
export function createUnaryHandler<Request, Response>(
  answer: AnswerCallSoon<Request, Response>,
  rules: CallRules,
  { answerRefusal = () => undefined, traceIn }: UnaryTraits<Request, Response> = {},
): handleUnaryCall<Incoming<Request>, Response> {
  return (call, callback) => {
    const span = beginUnary(call, rules, traceIn);
    const admitted = rules.admit(call, span);
    const settle = (reply: Reply<Response>): void => {
      if ('failure' in reply) {
        rules.refused(reply.failure, 'failure' in admitted ? { span } : admitted);
        const instead = answerRefusal(reply.failure);
        if (instead === undefined) callback(reply.failure);
        else callback(null, instead);
      } else callback(null, reply.answer);
      span?.end();
    };
    const reply =
      'failure' in admitted
        ? admitted
        : replySoon(answer, call.request, { facts: admitted, rules });
    if (reply instanceof Promise) void reply.then(settle);
    else settle(reply);
  };
}

/** The span of a call; undefined: nothing is traced. */
function beginUnary<Request>(
  call: ServerUnaryCall<Incoming<Request>, unknown>,
  { beginSpan }: CallRules,
  traceIn: UnaryTraits<Request, unknown>['traceIn'],
): CallSpan | undefined {
  if (beginSpan === undefined) return undefined;
  const { request } = call;
  const values = 'message' in request ? traceIn?.(request.message) : undefined;
  const parent = parentOfCall(call) ?? (values === undefined ? undefined : readTraceParent(values));
  return beginSpan(nameOfCall(call), parent);
}

/** Answers what came in, now or later, and makes a refusal of every failure: nothing throws, and no promise rejects. */
export function replySoon<Request, Response>(
  answer: AnswerCallSoon<Request, Response>,
  incoming: Incoming<Request>,
  { facts, rules }: { readonly facts: CallFacts; readonly rules: CallRules },
): Soon<Reply<Response>> {
  if ('failure' in incoming) return incoming;
  const failed = (error: unknown): { readonly failure: CallFailure } => {
    rules.onDefect(error);
    return { failure: INTERNAL_FAILURE };
  };
  try {
    const reply = answer(incoming.message, facts);
    return reply instanceof Promise ? reply.catch(failed) : reply;
  } catch (error) {
    return failed(error);
  }
}
