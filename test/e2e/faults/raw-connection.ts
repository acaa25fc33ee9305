import { connect } from 'node:net';
import type { Socket } from 'node:net';

import {
  createFrameReader,
  FLAG,
  FRAME,
  frameOf,
  headerBlock,
  PREFACE,
  settingsFrame,
  uint32,
} from './http2-frames';
import type { Frame } from './http2-frames';

/** How a connection ended, in the server's own words where it had some. */
export interface Ending {
  /** The error code of the server's GOAWAY; undefined where it sent none. */
  readonly goaway: number | undefined;
  readonly debug: string;
}

/** A connection on which anything can be sent; nothing is sent on it but what the drill says. */
export interface RawConnection {
  readonly socket: Socket;
  /** Frames that have come in, counted by type. */
  readonly seen: ReadonlyMap<number, number>;
  /** Error codes of the streams that the server reset, counted. */
  readonly resets: ReadonlyMap<number, number>;
  /** Streams that the server ended. */
  ended(): number;
  /** How it ended; undefined while it is open. */
  ending(): Ending | undefined;
  send(...parts: readonly Uint8Array[]): void;
  close(): void;
}

/** Where a server listens: `HOST:PORT` or `unix:/PATH`. */
export function connectRaw(address: string): RawConnection {
  const socket = address.startsWith('unix:')
    ? connect(address.slice('unix:'.length))
    : connect(Number(address.slice(address.lastIndexOf(':') + 1)), '127.0.0.1');
  const seen = new Map<number, number>();
  const resets = new Map<number, number>();
  let ended = 0;
  let goaway: number | undefined;
  let debug = '';
  let isOpen = true;
  const read = createFrameReader((frame) => {
    count(seen, frame.type);
    if (endsStream(frame)) ended += 1;
    if (frame.type === FRAME.rstStream) count(resets, frame.payload.readUInt32BE(0));
    // What follows the first one only says that the socket is closed.
    if (frame.type === FRAME.goaway && goaway === undefined) {
      goaway = frame.payload.readUInt32BE(4);
      debug = frame.payload.subarray(8).toString();
    }
  });
  socket.on('data', read);
  // What became of the connection is told by `ending`.
  socket.on('error', () => undefined);
  socket.on('close', () => (isOpen = false));
  return {
    socket,
    seen,
    resets,
    ended: () => ended,
    ending: () => (isOpen ? undefined : { goaway, debug }),
    send: (...parts) => void socket.write(Buffer.concat(parts)),
    close: () => void socket.destroy(),
  };
}

function count(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function endsStream({ type, flags }: Frame): boolean {
  if (type === FRAME.rstStream) return true;
  return (type === FRAME.data || type === FRAME.headers) && (flags & FLAG.endStream) !== 0;
}

/** What every client sends first. */
export function opening(settings: readonly (readonly [id: number, value: number])[] = []): Buffer {
  return Buffer.concat([PREFACE, settingsFrame(settings)]);
}

/** The acknowledgement of the server's settings. */
export const SETTINGS_ACK = frameOf(FRAME.settings, FLAG.ack, 0);

/** The id of the stream that a client opens as its n-th, from 0. */
export function streamIdOf(index: number): number {
  return index * 2 + 1;
}

/** The header block of a request that posts something. */
function postHeaders(
  path: string,
  contentType: string,
  more: readonly (readonly [name: string, value: string])[] = [],
): Buffer {
  return headerBlock([
    [':method', 'POST'],
    [':scheme', 'http'],
    [':path', path],
    [':authority', 'localhost'],
    ['content-type', contentType],
    ...more,
  ]);
}

/** The header block of a gRPC call; `timeout` as in `1m` for a millisecond. */
export function callHeaders(path: string, timeout?: string): Buffer {
  return postHeaders(path, 'application/grpc', [
    ['te', 'trailers'],
    ...(timeout === undefined ? [] : [['grpc-timeout', timeout] as const]),
  ]);
}

/** Frames of a whole unary call; a message beyond one frame is cut. */
export function callFrames(streamId: number, headers: Buffer, message: Uint8Array): Buffer {
  const parts = [frameOf(FRAME.headers, FLAG.endHeaders, streamId, headers)];
  const prefix = Buffer.concat([Buffer.of(0), uint32(message.length)]);
  const body = Buffer.concat([prefix, message]);
  for (let at = 0; at < body.length; at += MAX_FRAME_BYTES) {
    const flags = at + MAX_FRAME_BYTES >= body.length ? FLAG.endStream : 0;
    parts.push(frameOf(FRAME.data, flags, streamId, body.subarray(at, at + MAX_FRAME_BYTES)));
  }
  return Buffer.concat(parts);
}

/** A RST_STREAM frame. */
export function resetFrame(streamId: number, code: number): Buffer {
  return frameOf(FRAME.rstStream, 0, streamId, uint32(code));
}

/** A WINDOW_UPDATE frame; stream 0 is the connection. */
export function windowFrame(streamId: number, bytes: number): Buffer {
  return frameOf(FRAME.windowUpdate, 0, streamId, uint32(bytes));
}

/** The largest frame that a server must take. */
const MAX_FRAME_BYTES = 16_384;
