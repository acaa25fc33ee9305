import type { OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2';

import { status } from '@grpc/grpc-js';

import type { CallFailure } from '../../incoming';
import type { ShedReason } from './load-guard';

const CONTENT_TYPE = { ':status': 200, 'content-type': 'application/grpc+proto' } as const;

/** Milliseconds after which a client that repeats refused calls may repeat one: overload is gone by then, or not. */
const PUSHBACK_MS = 200;

const WHY_SHED: Readonly<Record<ShedReason, string>> = {
  calls: 'too many calls are in flight',
  bytes: 'too many bytes of this connection are in flight',
  streams: 'too many streams are open',
  delay: 'too much work waits',
};

/** The failure of a call that is refused because of load. */
export function overloadFailure(reason: ShedReason): CallFailure {
  const details = `${WHY_SHED[reason]}; ask another instance, or later`;
  return { code: status.RESOURCE_EXHAUSTED, details, reason: 'overload' };
}

/** The failure of a call whose deadline cannot be met. */
export const TOO_SHORT: CallFailure = {
  code: status.DEADLINE_EXCEEDED,
  details: 'the deadline is too short for any answer; nothing was begun',
  reason: 'deadline',
};

/** The failure of a call that compresses its messages. */
export const COMPRESSED: CallFailure = {
  code: status.UNIMPLEMENTED,
  details: 'compressed messages are not read; send them as they are',
  reason: 'invalid',
};

/** A failure as the headers of an answer without a message. */
export function trailersOf({ code, details, reason }: CallFailure): OutgoingHttpHeaders {
  return {
    ...CONTENT_TYPE,
    'grpc-status': String(code),
    'grpc-message': encodeURI(details),
    ...(code === status.UNIMPLEMENTED ? { 'grpc-accept-encoding': 'identity' } : {}),
    ...(reason === 'overload' ? { 'grpc-retry-pushback-ms': String(PUSHBACK_MS) } : {}),
  };
}

/** Answers with a status alone. The cheapest thing that a client understands. */
export function refuseCall(stream: ServerHttp2Stream, trailers: OutgoingHttpHeaders): void {
  stream.respond(trailers, { endStream: true, sendDate: false } as { endStream: boolean });
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

/** Answers with a message that was made before, whatever was asked. */
export function denyCall(stream: ServerHttp2Stream, frame: Uint8Array): void {
  stream.respond(CONTENT_TYPE, { waitForTrailers: true });
  stream.once('wantTrailers', () => {
    stream.sendTrailers({ 'grpc-status': String(status.OK) });
  });
  stream.end(frame);
  // What is still sent of the request is not kept.
  stream.resume();
}
