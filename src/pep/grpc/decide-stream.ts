import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js';

import { DecideStreamResponse } from '../../gen/ambit/v1/decision_service';
import type { CallFailure, Incoming } from '../incoming';
import { invalidArgument, replyTo } from '../unary';
import type { Reply } from '../unary';
import type { StreamAsk } from './decode-request';
import type { AskFromWire } from './from-wire';
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
  decide: (read: AskFromWire) => Reply<Uint8Array>,
  onDefect: (error: unknown) => void,
): handleBidiStreamingCall<Incoming<StreamAsk>, Uint8Array> {
  return (call) => {
    // An id is in flight until its answer is on its way, which is before the client can have read it.
    const inFlight = new Set<string>();
    call.on('data', (incoming: Incoming<StreamAsk>) => {
      const requestId = 'message' in incoming ? incoming.message.requestId : '';
      const known = inFlight.has(requestId);
      const reply = known
        ? refuseKnown()
        : replyTo((each) => answer(each, decide), incoming, onDefect);
      // What has no id is refused as such, however many of them come.
      const isNew = !known && requestId !== '';
      if (isNew) inFlight.add(requestId);
      send(call, encodeReply(requestId, reply), () => {
        if (isNew) inFlight.delete(requestId);
      });
    });
    call.on('end', () => {
      call.end();
    });
    // A stream that breaks has nobody left to tell.
    call.on('error', () => undefined);
  };
}

function answer(
  incoming: Incoming<StreamAsk>,
  decide: (read: AskFromWire) => Reply<Uint8Array>,
): Reply<Uint8Array> {
  return 'failure' in incoming ? incoming : decide(incoming.message.read);
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
  const hasRoom = call.write(response, onSent);
  if (hasRoom) return;
  call.pause();
  call.once('drain', () => {
    call.resume();
  });
}
