import { constants } from 'node:http2';
import type { ServerHttp2Stream } from 'node:http2';

import { status } from '@grpc/grpc-js';

import { ANSWER_HEADERS } from './refusals';
import type { ReadyRefusal } from './refusals';

/** Answers with headers alone. The cheapest thing that a client understands. */
export function refuseCall(stream: ServerHttp2Stream, { headers }: ReadyRefusal): void {
  stream.respond(headers, { endStream: true, sendDate: false } as { endStream: boolean });
}

/** The same for a call that the library knows already. */
export function refuseBegunCall(stream: ServerHttp2Stream, refusal: ReadyRefusal): void {
  hideRest(stream);
  // The start of an answer cannot be taken back.
  if (stream.headersSent) stream.close(constants.NGHTTP2_PROTOCOL_ERROR);
  else {
    refuseCall(stream, refusal);
    stream.close(constants.NGHTTP2_NO_ERROR);
  }
}

/** The library sees nothing more of a call but that it is over: the end of its bytes would ask for an answer. */
function hideRest(stream: ServerHttp2Stream): void {
  stream.removeAllListeners('data').removeAllListeners('end');
}

/** Bytes before a gRPC message: one of flags, four of length. */
const PREFIX_BYTES = 5;

/** A message as gRPC sends it. */
export function frameOf(message: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(PREFIX_BYTES + message.length);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, PREFIX_BYTES);
  return frame;
}

/** Answers with a message that was made before, whatever was asked, and waits for nothing more. */
export function denyCall(stream: ServerHttp2Stream, frame: Uint8Array): void {
  stream.respond(ANSWER_HEADERS, { waitForTrailers: true });
  stream.once('wantTrailers', () => {
    stream.sendTrailers({ 'grpc-status': String(status.OK) });
    // Node drops the trailers of a stream that is closed in the same turn.
    setImmediate(() => {
      stream.close(constants.NGHTTP2_NO_ERROR);
    });
  });
  stream.end(frame);
  // What is still sent of the request is not kept.
  stream.resume();
}

/** The same for a call that the library knows already. */
export function denyBegunCall(stream: ServerHttp2Stream, frame: Uint8Array): void {
  hideRest(stream);
  if (stream.headersSent) {
    stream.close(constants.NGHTTP2_PROTOCOL_ERROR);
    return;
  }
  denyCall(stream, frame);
  // The deadline of the call may still come, to which the library answers unless the stream is gone.
  stream.respond = ignore;
}

function ignore(): void {
  return;
}
