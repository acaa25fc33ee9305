/** Bytes before a gRPC message: one of flags, four of length. */
export const PREFIX_BYTES = 5;

/** A message with its prefix. */
export function frameOf(message: Uint8Array): Buffer {
  const frame = Buffer.alloc(PREFIX_BYTES + message.length);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, PREFIX_BYTES);
  return frame;
}

/** Takes the whole frames from the start of `bytes`; what is left is the start of one that is not whole. */
export function splitFrames(bytes: Buffer): {
  readonly frames: readonly Buffer[];
  readonly rest: Buffer;
} {
  const frames: Buffer[] = [];
  let at = 0;
  while (bytes.length - at >= PREFIX_BYTES) {
    const end = at + PREFIX_BYTES + bytes.readUInt32BE(at + 1);
    if (end > bytes.length) break;
    frames.push(bytes.subarray(at, end));
    at = end;
  }
  return { frames, rest: bytes.subarray(at) };
}
