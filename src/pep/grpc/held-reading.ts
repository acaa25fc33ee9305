import type { ServerDuplexStream } from '@grpc/grpc-js';

/** Why no further request is read from a client. */
export type HoldReason = 'answers waited for' | 'bytes not taken' | 'no room to write';

type Reading = Pick<ServerDuplexStream<unknown, unknown>, 'pause' | 'resume'>;

/** What holds each stream back. */
const HELD = new WeakMap<Reading, Set<HoldReason>>();

/**
 * Reads no further from a stream until this reason is gone. Streams are paused for several reasons at a time, and know
 * of none of them: whoever resumed one for its own would undo the others, and nothing would bound what is read.
 */
export function holdReading(stream: Reading, reason: HoldReason): void {
  const reasons = HELD.get(stream) ?? new Set();
  HELD.set(stream, reasons.add(reason));
  stream.pause();
}

/** Takes a reason away, if it is one; reads on once none is left. */
export function releaseReading(stream: Reading, reason: HoldReason): void {
  const reasons = HELD.get(stream);
  if (reasons?.delete(reason) === true && reasons.size === 0) stream.resume();
}

/** True if nothing further is read for this reason. */
export function isHeldFor(stream: Reading, reason: HoldReason): boolean {
  return HELD.get(stream)?.has(reason) ?? false;
}
