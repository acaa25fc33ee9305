/** Bytes before a gRPC message: one of flags, four of length. */
const PREFIX_BYTES = 5;

/** Follows the messages of a stream of bytes without keeping any of them. */
export interface MessageTracker {
  /** Takes the next bytes; returns how many messages became whole. */
  push(chunk: Uint8Array): number;
  /** Bytes of the message that has begun and is not whole; 0 between two messages. */
  partialBytes(): number;
}

/** Creates a tracker at the start of a call. */
export function createMessageTracker(): MessageTracker {
  let seen = 0;
  let lengthSoFar = 0;
  let whole = 0;
  const take = (chunk: Uint8Array, at: number): number => {
    if (seen < PREFIX_BYTES) {
      if (seen > 0) lengthSoFar = lengthSoFar * 256 + (chunk[at] ?? 0);
      seen += 1;
      if (seen === PREFIX_BYTES && lengthSoFar === 0) start();
      return at + 1;
    }
    const taken = Math.min(chunk.length - at, PREFIX_BYTES + lengthSoFar - seen);
    seen += taken;
    if (seen === PREFIX_BYTES + lengthSoFar) start();
    return at + taken;
  };
  const start = (): void => {
    whole += 1;
    seen = 0;
    lengthSoFar = 0;
  };
  return {
    push: (chunk) => {
      whole = 0;
      for (let at = 0; at < chunk.length;) at = take(chunk, at);
      return whole;
    },
    partialBytes: () => seen,
  };
}
