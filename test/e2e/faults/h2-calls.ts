import { connect } from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';

/** How a call ended. */
export interface CallEnd {
  /** The gRPC status; '' where there was none. */
  readonly status: string;
  readonly message: string;
  /** All headers and trailers. */
  readonly headers: IncomingHttpHeaders;
  /** The answer without its prefix. */
  readonly answer: Buffer;
  /** The error code of a reset; 0 where there was none. */
  readonly reset: number;
}

/** A call that is open. */
export interface OpenCall {
  readonly stream: ClientHttp2Stream;
  readonly ended: Promise<CallEnd>;
}

const PREFIX_BYTES = 5;

export const DECIDE = '/ambit.v1.DecisionService/Decide';
export const DECIDE_STREAM = '/ambit.v1.DecisionService/DecideStream';
export const CHECK = '/envoy.service.auth.v3.Authorization/Check';

/** Opens a connection of HTTP/2 without gRPC. */
export function openSession(address: string): ClientHttp2Session {
  const session = connect(`http://${address}`);
  // Calls tell what becomes of it.
  session.on('error', () => undefined);
  return session;
}

/** Begins a call; its message is for the caller to send. */
export function beginCall(
  session: ClientHttp2Session,
  path: string,
  headers: IncomingHttpHeaders = {},
): OpenCall {
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  });
  const chunks: Buffer[] = [];
  let all: IncomingHttpHeaders = {};
  const add = (more: IncomingHttpHeaders): void => {
    all = { ...all, ...more };
  };
  stream.on('response', add);
  stream.on('trailers', add);
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('error', () => undefined);
  const ended = new Promise<CallEnd>((resolve) => {
    stream.on('close', () => {
      resolve({
        status: String(all['grpc-status'] ?? ''),
        message: decodeURI(String(all['grpc-message'] ?? '')),
        headers: all,
        answer: Buffer.concat(chunks).subarray(PREFIX_BYTES),
        reset: stream.rstCode,
      });
    });
  });
  return { stream, ended };
}

/** A message with gRPC's prefix. */
export function framed(message: Uint8Array): Buffer {
  const frame = Buffer.alloc(PREFIX_BYTES + message.length);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, PREFIX_BYTES);
  return frame;
}
