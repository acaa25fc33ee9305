/** Types of the HTTP/2 frames that the gate must know (RFC 9113, section 6). */
export const FRAME = {
  data: 0,
  headers: 1,
  rstStream: 3,
  settings: 4,
  goaway: 7,
  windowUpdate: 8,
} as const;

/** Flags of frames. */
export const FLAG = {
  endStream: 0x1,
  ack: 0x1,
  endHeaders: 0x4,
  padded: 0x8,
  priority: 0x20,
} as const;

/** The setting that says how many bytes a table of HPACK may have, and those that it has until one says so. */
export const HEADER_TABLE_SIZE = 1;
export const USUAL_TABLE_BYTES = 4096;

/** What a client sends before its first frame, in bytes. */
export const PREFACE_BYTES = 24;

/** Bytes before the payload of a frame. */
export const HEADER_BYTES = 9;

/** The longest payload that a client may send to who allows no longer one, as Node does not. */
export const MAX_PAYLOAD_BYTES = 16_384;

/** What stands before a payload. */
export interface FrameHeader {
  readonly length: number;
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  /** Where the payload begins and ends in the bytes that were read. */
  readonly start: number;
  readonly end: number;
}

/** Reads the header at an offset behind which there are as many bytes at least. */
export function readFrameHeader(bytes: Buffer, at: number): FrameHeader {
  const length = bytes.readUIntBE(at, 3);
  const start = at + HEADER_BYTES;
  return {
    length,
    type: bytes.readUInt8(at + 3),
    flags: bytes.readUInt8(at + 4),
    // The bit before the id is reserved.
    streamId: bytes.readUInt32BE(at + 5) & 0x7fffffff,
    start,
    end: start + length,
  };
}

/** Makes a frame. */
export function frameOf(
  type: number,
  flags: number,
  streamId: number,
  payload: Uint8Array,
): Uint8Array {
  const frame = Buffer.alloc(HEADER_BYTES + payload.length);
  frame.writeUIntBE(payload.length, 0, 3);
  frame.writeUInt8(type, 3);
  frame.writeUInt8(flags, 4);
  frame.writeUInt32BE(streamId, 5);
  frame.set(payload, HEADER_BYTES);
  return frame;
}

/** Makes a frame whose payload is a number of four bytes: of RST_STREAM, or of WINDOW_UPDATE. */
export function numberFrame(type: number, streamId: number, value: number): Uint8Array {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(value);
  return frameOf(type, 0, streamId, payload);
}

/** The largest id of a stream: a GOAWAY with it does not say that anything was not looked at. */
const LAST_STREAM = 0x7fffffff;

/** Makes a GOAWAY with a code of HTTP/2 and words for whoever debugs the client. */
export function goawayFrame(code: number, debug: string): Uint8Array {
  const fixed = Buffer.alloc(8);
  fixed.writeUInt32BE(LAST_STREAM, 0);
  fixed.writeUInt32BE(code, 4);
  return frameOf(FRAME.goaway, 0, 0, Buffer.concat([fixed, Buffer.from(debug)]));
}
