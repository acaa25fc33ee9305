import type { Case } from './matrix';
import {
  data,
  FLAGS,
  frame,
  GOOD_HEADERS,
  header,
  headers,
  headersWith,
  message,
  TYPES,
} from './http2-bytes';
import type { HeaderList } from './http2-bytes';
import { ALLOWED } from './wire';

/** Bytes of a connection, and what to look at. */
export interface FrameCase extends Case {
  /** What is sent first; absent: the preface and empty settings, as they should be. */
  readonly opening?: Uint8Array;
  readonly bytes: Uint8Array | (() => Uint8Array);
  /** True: the client ends its half then. */
  readonly ends?: boolean;
  /** True: it writes more than is read, so that the reason why it is cut may be lost on the way. */
  readonly floods?: boolean;
  /** The stream whose end is waited for; absent: only what becomes of the connection counts. */
  readonly stream?: number;
}

/** A good message, which ends its call. */
export const GOOD_DATA = data(message(ALLOWED));

/** A call with these headers and a good message. */
export const call = (list: HeaderList): Buffer => Buffer.concat([headers(list), GOOD_DATA]);

/** A call with good headers and this data. */
export const callOf = (...frames: readonly Uint8Array[]): Buffer =>
  Buffer.concat([headers(GOOD_HEADERS), ...frames]);

/** Headers that end their stream. */
export const ended = (list: HeaderList): Buffer =>
  headers(list, { flags: FLAGS.endHeaders | FLAGS.end });

/** Bytes of a text of which each character is one. */
export const raw = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A message that says it is compressed, as `grpc-encoding` names. */
export const compressed = (bytes: Uint8Array, encoding: string): Buffer =>
  Buffer.concat([
    headers(headersWith({ 'grpc-encoding': encoding })),
    data(message(bytes, { flag: 1 })),
  ]);

/** A frame on a stream. */
export const onStream = (payload: Uint8Array, type: number, stream: number, flags = 0): Buffer =>
  frame({ type, flags, stream, payload });

/** Headers of one entry that is kept, and named again thousands of times with a byte each. */
export function hpackBomb(): Buffer {
  const entry = Buffer.concat([header('x', 'y'.repeat(4000), true), Buffer.alloc(8000, 0xbe)]);
  const good = GOOD_HEADERS.map(([name, value]) => header(name, value));
  return onStream(Buffer.concat([...good, entry]), TYPES.headers, 1, FLAGS.endHeaders | FLAGS.end);
}

/** Headers that go on and on. */
export function continuations(count: number): Buffer {
  const piece = onStream(header('x', 'y'.repeat(64)), TYPES.continuation, 1);
  const start = headers(GOOD_HEADERS, { flags: FLAGS.end });
  return Buffer.concat([start, ...Array<Buffer>(count).fill(piece)]);
}

/** Streams that begin and do not end. */
export const manyStreams = (count: number): Buffer =>
  Buffer.concat(
    Array.from({ length: count }, (_, index) => headers(GOOD_HEADERS, { stream: 2 * index + 1 })),
  );
