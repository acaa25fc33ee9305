import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js';

import type { DecideResponse } from '../../gen/ambit/v1/decision';
import type { DecideStreamRequest, DecideStreamResponse } from '../../gen/ambit/v1/decision_service';
import type { DecideRequest } from '../../gen/ambit/v1/request';
import type { Incoming } from '../incoming';
import { invalidArgument, replyTo } from '../unary';
import type { Reply } from '../unary';
import { describeViolations, refuseUnknownFields } from './violations';
import type { Violation } from './violations';

type Call = ServerDuplexStream<Incoming<DecideStreamRequest>, DecideStreamResponse>;

/**
 * Creates the handler of DecideStream. Every request gets one answer; what is wrong with one is an answer, too,
 * and never ends the stream. A client that does not read is not read from.
 */
export function createStreamHandler(
  decide: (request: DecideRequest) => Reply<DecideResponse>,
  onDefect: (error: unknown) => void,
): handleBidiStreamingCall<Incoming<DecideStreamRequest>, DecideStreamResponse> {
  return (call) => {
    // An id is in flight until its answer is on its way, which is before the client can have read it.
    const inFlight = new Set<string>();
    call.on('data', (incoming: Incoming<DecideStreamRequest>) => {
      const requestId = 'message' in incoming ? (incoming.message.request?.requestId ?? '') : '';
      const known = inFlight.has(requestId);
      const reply = known ? refuseKnown() : replyTo((each) => answer(each, decide), incoming, onDefect);
      if (!known) inFlight.add(requestId);
      send(call, toResponse(requestId, reply), () => {
        if (!known) inFlight.delete(requestId);
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
  incoming: Incoming<DecideStreamRequest>,
  decide: (request: DecideRequest) => Reply<DecideResponse>,
): Reply<DecideResponse> {
  if ('failure' in incoming) return incoming;
  const violations: Violation[] = [];
  refuseUnknownFields(incoming.message._unknownFields, '', violations);
  if (violations.length > 0) return invalidArgument(describeViolations(violations));
  const { request } = incoming.message;
  if (request === undefined) return invalidArgument('`request` is missing');
  if (request.requestId === '') {
    return invalidArgument('`request.request_id` is empty; it tells the answers of a stream apart');
  }
  return decide(request);
}

function refuseKnown(): Reply<DecideResponse> {
  return invalidArgument('`request.request_id` is that of a request in flight; take another one');
}

function toResponse(requestId: string, reply: Reply<DecideResponse>): DecideStreamResponse {
  if ('answer' in reply) return { requestId, result: { $case: 'decision', value: reply.answer } };
  const { code, details } = reply.failure;
  return { requestId, result: { $case: 'error', value: { code, message: details } } };
}

function send(call: Call, response: DecideStreamResponse, onSent: () => void): void {
  const hasRoom = call.write(response, onSent);
  if (hasRoom) return;
  call.pause();
  call.once('drain', () => {
    call.resume();
  });
}
