import { connect } from 'node:http2';
import type { ClientHttp2Session, OutgoingHttpHeaders } from 'node:http2';
import { Duplex } from 'node:stream';

import {
  FRAME,
  HEADER_BYTES,
  PREFACE_BYTES,
  readFrameHeader,
} from '../../../../src/pep/grpc/frames/frame';

/** A frame as it was sent. */
export interface SentFrame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly bytes: Buffer;
  readonly payload: Buffer;
}

/** Cuts what a client sends behind its preface. */
export function framesOf(bytes: Buffer): readonly SentFrame[] {
  const frames: SentFrame[] = [];
  for (let at = PREFACE_BYTES; bytes.length - at >= HEADER_BYTES;) {
    const { type, flags, streamId, start, end } = readFrameHeader(bytes, at);
    frames.push({
      type,
      flags,
      streamId,
      bytes: bytes.subarray(at, end),
      payload: bytes.subarray(start, end),
    });
    at = end;
  }
  return frames;
}

/** All that Node's own client sends for some calls, one after the other. */
export async function sentBy(calls: readonly OutgoingHttpHeaders[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const sink = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  const session: ClientHttp2Session = connect('http://localhost', { createConnection: () => sink });
  session.on('error', () => undefined);
  for (const headers of calls) {
    session.request(headers, { endStream: true }).on('error', () => undefined);
    await new Promise((done) => setImmediate(done));
    await new Promise((done) => setImmediate(done));
  }
  while (framesOf(Buffer.concat(chunks)).filter(isHeaders).length < calls.length) {
    await new Promise((done) => setImmediate(done));
  }
  session.destroy();
  return Buffer.concat(chunks);
}

/** True for the headers of a call. */
export function isHeaders({ type }: SentFrame): boolean {
  return type === FRAME.headers;
}
