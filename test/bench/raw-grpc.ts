import { connect } from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { createConnection } from 'node:net';

/** Bytes before a message: one of flags, four of length. */
const PREFIX_BYTES = 5;

/** Receive windows above what 16 large answers need, so that the client never holds a server back. */
const STREAM_WINDOW_BYTES = 1 << 20;
const SESSION_WINDOW_BYTES = 1 << 24;

/** How one unary call ended. */
export interface CallResult {
  /** The gRPC status; '' if the call broke. */
  readonly status: string;
  readonly message: string;
  /** The answer without its prefix. */
  readonly answer: Buffer;
}

/**
 * Opens a connection to `HOST:PORT` or `unix:/PATH`. gRPC is spoken by hand over HTTP/2, with messages that are
 * already serialised, because a whole gRPC client would cost more than the servers that are measured.
 */
export function openSession(address: string): ClientHttp2Session {
  const path = address.startsWith('unix:') ? address.slice('unix:'.length) : undefined;
  const session = connect(`http://${path === undefined ? address : 'localhost'}`, {
    settings: { initialWindowSize: STREAM_WINDOW_BYTES, enablePush: false },
    ...(path === undefined ? {} : { createConnection: () => createConnection(path) }),
  });
  session.once('connect', () => {
    session.setLocalWindowSize(SESSION_WINDOW_BYTES);
  });
  // Calls tell what became of the session; without a listener its error would end the process.
  session.on('error', () => undefined);
  return session;
}

/** A message with its prefix. */
export function frameOf(message: Uint8Array): Buffer {
  const frame = Buffer.alloc(PREFIX_BYTES + message.length);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, PREFIX_BYTES);
  return frame;
}

/** Starts a call; `path` is `/package.Service/Method`. */
export function startCall(session: ClientHttp2Session, path: string): ClientHttp2Stream {
  return session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
}

/** Makes one unary call, and reports its end once. */
export function callUnary(
  session: ClientHttp2Session,
  path: string,
  frame: Buffer,
  onEnd: (result: CallResult) => void,
): void {
  const call = startCall(session, path);
  const chunks: Buffer[] = [];
  let status = '';
  let message = 'the connection broke';
  const readStatus = (headers: IncomingHttpHeaders): void => {
    const code = headers['grpc-status'];
    if (typeof code !== 'string') return;
    status = code;
    message = String(headers['grpc-message'] ?? '');
  };
  call.on('response', readStatus);
  call.on('trailers', readStatus);
  call.on('data', (chunk: Buffer) => chunks.push(chunk));
  call.on('error', () => undefined);
  call.on('close', () => {
    const whole = chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks);
    onEnd({ status, message, answer: whole.subarray(PREFIX_BYTES) });
  });
  call.end(frame);
}

/** Cuts a byte stream into messages and reports the size of each, prefix left out. */
export function createMessageCounter(onMessage: (bytes: number) => void): (chunk: Buffer) => void {
  let pending: Buffer | undefined;
  return (chunk) => {
    const bytes = pending === undefined ? chunk : Buffer.concat([pending, chunk]);
    let offset = 0;
    while (bytes.length - offset >= PREFIX_BYTES) {
      const length = bytes.readUInt32BE(offset + 1);
      if (bytes.length - offset - PREFIX_BYTES < length) break;
      offset += PREFIX_BYTES + length;
      onMessage(length);
    }
    pending = offset < bytes.length ? bytes.subarray(offset) : undefined;
  };
}
