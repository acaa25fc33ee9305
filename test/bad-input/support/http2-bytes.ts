/** The kinds of frames, by their numbers. */
export const TYPES = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  push: 5,
  ping: 6,
  goaway: 7,
  window: 8,
  continuation: 9,
} as const;

/** Flags of frames. */
export const FLAGS = { none: 0, end: 1, ack: 1, endHeaders: 4, padded: 8, priority: 32 } as const;

/** Names of the codes in RST_STREAM and GOAWAY. */
export const ERROR_CODES = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
] as const;

/** What a client says first. */
export const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Bytes of the head of a frame. */
export const HEAD_BYTES = 9;

/** What a frame is made of. */
export interface FrameParts {
  readonly type: number;
  readonly flags?: number;
  readonly stream?: number;
  readonly payload?: Uint8Array;
  /** What its head says of its length; absent: the truth. */
  readonly length?: number;
}

/** A frame. */
export function frame({
  type,
  flags = 0,
  stream = 0,
  payload = Buffer.alloc(0),
  length = payload.length,
}: FrameParts): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUIntBE(length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

const PREFIX_OF_7_BITS = 0x7f;

/** A length as HPACK writes it, without Huffman code. */
function hpackLength(length: number): Buffer {
  if (length < PREFIX_OF_7_BITS) return Buffer.of(length);
  const bytes = [PREFIX_OF_7_BITS];
  let left = length - PREFIX_OF_7_BITS;
  while (left >= 0x80) {
    bytes.push((left & 0x7f) | 0x80);
    left >>>= 7;
  }
  return Buffer.of(...bytes, left);
}

/** One header, spelt out; `kept` puts it into the table of the connection. */
export function header(name: string, value: string, kept = false): Buffer {
  const [first, second] = [Buffer.from(name, 'latin1'), Buffer.from(value, 'latin1')];
  const start = Buffer.of(kept ? 0x40 : 0);
  return Buffer.concat([
    start,
    hpackLength(first.length),
    first,
    hpackLength(second.length),
    second,
  ]);
}

/** Headers by name; two of one name as two entries. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** The headers of a call that is served. */
export const GOOD_HEADERS: HeaderList = [
  [':method', 'POST'],
  [':scheme', 'http'],
  [':path', '/ambit.v1.DecisionService/Decide'],
  [':authority', 'localhost'],
  ['content-type', 'application/grpc'],
  ['te', 'trailers'],
];

/** Those headers with others in their place, and more behind them; `undefined` leaves one out. */
export function headersWith(
  changes: Readonly<Record<string, string | undefined>>,
  more: HeaderList = [],
): HeaderList {
  const kept = GOOD_HEADERS.flatMap(([name, value]): HeaderList => {
    const changed = Object.hasOwn(changes, name) ? changes[name] : value;
    return changed === undefined ? [] : [[name, changed]];
  });
  const known = new Set(GOOD_HEADERS.map(([name]) => name));
  const added = Object.entries(changes).flatMap(([name, value]): HeaderList =>
    known.has(name) || value === undefined ? [] : [[name, value]],
  );
  return [...kept, ...added, ...more];
}

/** What a frame of headers says beside them. */
export interface HeadersOptions {
  readonly stream?: number;
  /** Absent: both ends are said. */
  readonly flags?: number;
}

/** A frame of headers; its end of stream is not said unless flags say so. */
export function headers(
  list: HeaderList,
  { stream = 1, flags = FLAGS.endHeaders }: HeadersOptions = {},
): Buffer {
  const payload = Buffer.concat(list.map(([name, value]) => header(name, value)));
  return frame({ type: TYPES.headers, flags, stream, payload });
}

/** What differs from a message that is as it says. */
export interface MessageOptions {
  /** The first byte: 1 for compressed. */
  readonly flag?: number;
  /** The length that it says it has. */
  readonly length?: number;
}

/** A message of gRPC with its prefix. */
export function message(
  bytes: Uint8Array,
  { flag = 0, length = bytes.length }: MessageOptions = {},
): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(flag, 0);
  prefix.writeUInt32BE(length, 1);
  return Buffer.concat([prefix, bytes]);
}

/** Bytes of one frame at most, unless the server says otherwise. */
const MAX_FRAME_BYTES = 16_384;

/** Data on a stream in as many frames as it needs, the last of which ends it unless told otherwise. */
export function data(bytes: Uint8Array, { stream = 1, ends = true } = {}): Buffer {
  const frames: Buffer[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += MAX_FRAME_BYTES) {
    const payload = bytes.subarray(at, at + MAX_FRAME_BYTES);
    const isLast = at + MAX_FRAME_BYTES >= bytes.length;
    frames.push(
      frame({ type: TYPES.data, flags: isLast && ends ? FLAGS.end : 0, stream, payload }),
    );
  }
  return Buffer.concat(frames);
}

/** Settings by number. */
export function settings(...pairs: readonly (readonly [id: number, value: number])[]): Buffer {
  const payload = Buffer.concat(
    pairs.map(([id, value]) => {
      const pair = Buffer.alloc(6);
      pair.writeUInt16BE(id, 0);
      pair.writeUInt32BE(value, 2);
      return pair;
    }),
  );
  return frame({ type: TYPES.settings, payload });
}

/** Room for more data, on a stream or the connection. */
export function windowUpdate(increment: number, stream = 0): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(increment);
  return frame({ type: TYPES.window, stream, payload });
}

/** A question whether the connection goes on. */
export function ping(mark: number): Buffer {
  return frame({ type: TYPES.ping, payload: Buffer.alloc(8, mark) });
}

/** The end of a stream by the client. */
export function reset(stream: number, code: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(code);
  return frame({ type: TYPES.reset, stream, payload });
}
