import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js';

import { DecideStreamResponse } from '../../gen/ambit/v1/decision_service';
import type { AdmittedCall, CallRules } from '../call-rules';
import { EXPIRED_MEANWHILE, isExpired } from '../identity';
import type { CallFailure, Incoming } from '../incoming';
import { nameOfCall, parentOfCall } from '../trace-context';
import { invalidArgument, replySoon } from '../unary';
import type { AnswerCallSoon, Reply } from '../unary';
import type { StreamAsk } from './decode-request';
import type { CallSpan } from '../../ports/tracing';
import type { Soon } from '../../service/soon';
import type { AskFromWire } from './from-wire';
import { holdReading, isHeldFor, releaseReading } from './held-reading';
import { createWaitingAnswers } from './waiting-answers';
import { concatChunks, encodeField, encodeText } from './wire-chunks';

/** Numbers of the fields of DecideStreamResponse. */
const REQUEST_ID = 1;
const DECISION = 2;

type Call = ServerDuplexStream<Incoming<StreamAsk>, Uint8Array>;

/**
 * Creates the handler of DecideStream. Every request gets one answer; what is wrong with one is an answer, too,
 * and never ends the stream. A client that does not read is not read from.
 */
export function createStreamHandler(
  decide: AnswerCallSoon<AskFromWire, Uint8Array>,
  rules: CallRules,
): handleBidiStreamingCall<Incoming<StreamAsk>, Uint8Array> {
  return (call) => {
    const admitted = rules.admit(call);
    const begin = spansOf(call, rules);
    if ('failure' in admitted) refuseCall(call, admitted.failure, { rules, begin });
    else answerEach(call, { admitted, decide, rules, begin });
  };
}

/** What answering a stream needs. */
interface StreamParts {
  readonly admitted: AdmittedCall;
  readonly decide: AnswerCallSoon<AskFromWire, Uint8Array>;
  readonly rules: CallRules;
  /** Begins the span of one request; undefined: nothing is traced. */
  readonly begin: (() => CallSpan) | undefined;
}

/** Requests of a stream have the one parent that its metadata tells of, and a span each. */
function spansOf(call: Call, { beginSpan }: CallRules): StreamParts['begin'] {
  if (beginSpan === undefined) return undefined;
  const parent = parentOfCall(call);
  return () => beginSpan(nameOfCall(call), parent);
}

function refuseCall(
  call: Call,
  failure: CallFailure,
  { rules, begin }: Pick<StreamParts, 'rules' | 'begin'>,
): void {
  const span = begin?.();
  rules.refused(failure, { span });
  span?.end();
  call.on('error', () => undefined);
  call.emit('error', failure);
}

function answerEach(call: Call, parts: StreamParts): void {
  // An id is in flight until its answer is on its way, which is before the client can have read it.
  const inFlight = new Set<string>();
  const waiting = createWaitingAnswers(call);
  call.on('data', (incoming: Incoming<StreamAsk>) => {
    // Where the service has ended the stream, nobody can be told any more: then nothing is decided either.
    if (call.writableEnded) return;
    const requestId = 'message' in incoming ? incoming.message.requestId : '';
    const known = inFlight.has(requestId);
    // What has no id is refused as such, however many of them come.
    const isNew = !known && requestId !== '';
    if (isNew) inFlight.add(requestId);
    const span = parts.begin?.();
    const reply = known ? refuseKnown() : answer(incoming, parts, span);
    waiting.for(reply, (settled) => {
      const { caller } = parts.admitted;
      if ('failure' in settled) parts.rules.refused(settled.failure, { caller, span });
      span?.end();
      send(call, encodeReply(requestId, settled), () => {
        if (isNew) inFlight.delete(requestId);
      });
    });
  });
  call.on('end', () => {
    waiting.endAfterwards();
  });
  // A stream that breaks has nobody left to tell.
  call.on('error', () => undefined);
}

function answer(
  incoming: Incoming<StreamAsk>,
  { admitted, decide, rules }: StreamParts,
  span: CallSpan | undefined,
): Soon<Reply<Uint8Array>> {
  if (isExpired(admitted, rules.nowMs())) return EXPIRED_MEANWHILE;
  if ('failure' in incoming) return incoming;
  const shed = rules.shedRequest();
  if (shed !== undefined) return { failure: shed };
  // A stream's deadline is that of the whole stream, which no single request is measured by.
  const { caller } = admitted;
  const timed = { caller, pressure: undefined, startedMs: performance.now() };
  const facts = span === undefined ? timed : { ...timed, span };
  return replySoon(decide, { message: incoming.message.read }, { facts, rules });
}

function refuseKnown(): Reply<Uint8Array> {
  return invalidArgument('`request.request_id` is that of a request in flight; take another one');
}

function encodeReply(requestId: string, reply: Reply<Uint8Array>): Uint8Array {
  if ('failure' in reply) return encodeFailure(requestId, reply.failure);
  const chunks = [encodeText(REQUEST_ID, requestId), encodeField(DECISION, reply.answer)];
  return concatChunks(chunks);
}

function encodeFailure(requestId: string, { code, details }: CallFailure): Uint8Array {
  const value = { code, message: details };
  return DecideStreamResponse.encode({ requestId, result: { $case: 'error', value } }).finish();
}

function send(call: Call, response: Uint8Array, onSent: () => void): void {
  if (call.writableEnded) return;
  const hasRoom = call.write(response, onSent);
  // Answers that were waited for come also while nothing is read; one listener is enough for all of them.
  if (hasRoom || isHeldFor(call, 'no room to write')) return;
  holdReading(call, 'no room to write');
  call.once('drain', () => {
    releaseReading(call, 'no room to write');
  });
}
