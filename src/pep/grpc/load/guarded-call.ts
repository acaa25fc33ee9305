import { EventEmitter } from 'node:events';
import { constants } from 'node:http2';
import type { ServerHttp2Stream } from 'node:http2';

import type { GuardedCall, GuardedConnection } from './guarded-connection';
import type { GuardedMethod } from './guarded-method';
import type { LoadGuard } from './load-guard';
import { MessageTracker } from './message-tracker';

/** What watching a call needs. */
export interface CallParts {
  readonly guard: LoadGuard;
  readonly connection: GuardedConnection;
  readonly method: GuardedMethod;
}

type WriteCallback = (error?: Error | null) => void;
type Write = (chunk: Uint8Array, callback: WriteCallback) => boolean;
type MethodOfStream<F extends (...args: never) => unknown> = (
  this: ServerHttp2Stream,
  ...args: Parameters<F>
) => ReturnType<F>;

/**
 * Watches a call that one message asks and one answers, from its admission to its end. It is in flight until its
 * answer is written; what the answer holds is held until the client has taken it.
 */
export function watchCall(
  stream: ServerHttp2Stream,
  { guard, connection, method }: CallParts,
): GuardedCall {
  const tracker = new MessageTracker(method);
  const startedMs = connection.sweptAtMs();
  let receivedBytes = 0;
  let answerBytes = 0;
  let isAnswered = false;
  let isRefused = false;
  const settle = (): void => {
    isAnswered = true;
    guard.settleCall(connection.load);
    guard.release(connection.load, receivedBytes);
  };
  onData(stream, (chunk) => {
    if (isAnswered) return;
    const fault = tracker.push(chunk);
    if (fault !== undefined) {
      isRefused = true;
      settle();
      method.refuseBegun(stream, fault);
      return;
    }
    receivedBytes += chunk.length;
    guard.hold(connection.load, chunk.length);
  });
  interceptWrites(stream, (write, chunk, callback) => {
    if (!isAnswered) settle();
    answerBytes += chunk.length;
    connection.holdAnswer(chunk.length);
    return write(chunk, callback);
  });
  const call: GuardedCall = {
    // Nothing is left of a refused call but that its client takes the refusal.
    waitingSinceMs: () => (isAnswered && !isRefused ? undefined : startedMs),
    endWaiting: () => {
      endHere(stream);
    },
  };
  stream.on('close', () => {
    connection.calls.delete(call);
    connection.touch();
    if (!isAnswered) settle();
    else if (!isRefused) connection.countAnswer();
    if (answerBytes > 0) connection.releaseAnswer(answerBytes);
    if (answerBytes === 0 && isGivenUp(stream)) connection.countReset();
  });
  connection.calls.add(call);
  return call;
}

/** Watches a stream of messages. Open alone it costs little; what it holds is counted as it comes and goes. */
export function watchStream(
  stream: ServerHttp2Stream,
  { guard, connection, method }: CallParts,
): GuardedCall {
  const tracker = new MessageTracker(method);
  let partialBytes = 0;
  let partialSinceMs: number | undefined;
  let answerBytes = 0;
  let hasAnswered = false;
  const track = (bytes: number): void => {
    if (bytes > partialBytes) guard.hold(connection.load, bytes - partialBytes);
    else guard.release(connection.load, partialBytes - bytes);
    partialBytes = bytes;
  };
  onData(stream, (chunk) => {
    if (stream.closed) return;
    const whole = tracker.wholeMessages;
    const fault = tracker.push(chunk);
    if (fault !== undefined) {
      method.refuseBegun(stream, fault);
      return;
    }
    const isLater = tracker.wholeMessages > whole || partialSinceMs === undefined;
    const bytes = tracker.partialBytes;
    if (bytes === 0) partialSinceMs = undefined;
    else if (isLater) partialSinceMs = connection.sweptAtMs();
    track(bytes);
  });
  interceptWrites(stream, (write, chunk, callback) => {
    hasAnswered = true;
    answerBytes += chunk.length;
    connection.holdAnswer(chunk.length);
    return write(chunk, (error) => {
      answerBytes -= chunk.length;
      connection.releaseAnswer(chunk.length);
      connection.countAnswer();
      callback(error);
    });
  });
  const call: GuardedCall = {
    waitingSinceMs: () => partialSinceMs,
    endWaiting: () => {
      endHere(stream);
    },
  };
  stream.on('close', () => {
    connection.calls.delete(call);
    connection.touch();
    guard.endStream(connection.load);
    track(0);
    if (answerBytes > 0) connection.releaseAnswer(answerBytes);
    answerBytes = 0;
    if (!hasAnswered && isGivenUp(stream)) connection.countReset();
  });
  connection.calls.add(call);
  return call;
}

/** Streams whose clients are not to blame for their end. */
const ENDED_HERE = new WeakSet<ServerHttp2Stream>();

function endHere(stream: ServerHttp2Stream): void {
  ENDED_HERE.add(stream);
  stream.close(constants.NGHTTP2_CANCEL);
}

/** True if the client reset the stream, whatever reason it named: one that closes before it was answered at all, too. */
export function isGivenUp(stream: ServerHttp2Stream): boolean {
  if (ENDED_HERE.has(stream)) return false;
  return stream.rstCode !== constants.NGHTTP2_NO_ERROR || !stream.headersSent;
}

/** Listens without starting the flow, which the library does when it wants to read. */
function onData(stream: ServerHttp2Stream, listener: (chunk: Uint8Array) => void): void {
  EventEmitter.prototype.on.call(stream, 'data', listener);
}

/** The library writes a chunk with a callback and in no other way. */
function interceptWrites(
  stream: ServerHttp2Stream,
  onWrite: (write: Write, chunk: Uint8Array, callback: WriteCallback) => boolean,
): void {
  const { write } = stream as unknown as { readonly write: MethodOfStream<Write> };
  const original: Write = (chunk, callback) => write.call(stream, chunk, callback);
  const intercepted: Write = (chunk, callback) => onWrite(original, chunk, callback);
  stream.write = intercepted as typeof stream.write;
}
