import type { ServerDuplexStream, ServerWritableStream } from '@grpc/grpc-js';

import { holdReading, releaseReading } from '../held-reading';
import type { GuardedConnection } from './guarded-connection';

/** The connection of the stream whose handler is being called, which the library does not tell a handler. */
export interface HandlerScope {
  connection: GuardedConnection | undefined;
}

/** A call whose answers are written one by one. */
type WritingCall = ServerDuplexStream<unknown, unknown> | ServerWritableStream<unknown, unknown>;

type WriteCallback = (error?: Error | null) => void;
type Write = (this: WritingCall, message: unknown, callback?: WriteCallback) => boolean;

/** Bytes of answers that a stream may have waiting; above it no more requests are read from it. */
const MAX_WAITING_BYTES = 256 * 1024;

/** What a message is counted as that is not encoded yet. */
const ASSUMED_BYTES = 4 * 1024;

/**
 * Bounds what waits in a stream whose client does not read: its requests are not read either until it does. Call it
 * before the handler. Needed for every service, since those of libraries answer whatever comes.
 */
export function boundWrites(call: WritingCall, { connection }: HandlerScope): void {
  let waitingBytes = 0;
  const { write } = call as unknown as { readonly write: Write };
  const bounded: Write = (message, callback) => {
    const bytes = message instanceof Uint8Array ? message.length : ASSUMED_BYTES;
    waitingBytes += bytes;
    connection?.holdAnswer(bytes);
    const hasRoom = write.call(call, message, (error) => {
      waitingBytes -= bytes;
      connection?.releaseAnswer(bytes);
      if (waitingBytes <= MAX_WAITING_BYTES / 2 && 'resume' in call)
        releaseReading(call, 'bytes not taken');
      callback?.(error);
    });
    if (waitingBytes > MAX_WAITING_BYTES && 'pause' in call) holdReading(call, 'bytes not taken');
    return hasRoom;
  };
  call.write = bounded as typeof call.write;
  call.once('close', () => {
    connection?.releaseAnswer(waitingBytes);
    waitingBytes = 0;
  });
}
