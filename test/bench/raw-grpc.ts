import { connect } from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';

import { PREFIX_BYTES, splitFrames } from './frames';

/** Receive windows above what 16 large answers need, so that the client never holds a server back. */
const STREAM_WINDOW_BYTES = 1 << 20;
const SESSION_WINDOW_BYTES = 1 << 24;

const NOTHING = Buffer.alloc(0);

/** How one unary call ended. */
export interface CallResult {
  /** The gRPC status; '' if the call broke. */
  readonly status: string;
  /** What the server, or the connection, says of it. */
  readonly message: string;
  /** The answer without its prefix. */
  readonly answer: Buffer;
}

/**
 * Opens a connection to `HOST:PORT`. gRPC is spoken by hand over HTTP/2, with messages that are already
 * serialised, because a whole gRPC client would cost more than the servers that are measured.
 */
export function openSession(address: string): ClientHttp2Session {
  const session = connect(`http://${address}`, {
    settings: { initialWindowSize: STREAM_WINDOW_BYTES, enablePush: false },
  });
  session.once('connect', () => {
    session.setLocalWindowSize(SESSION_WINDOW_BYTES);
  });
  // Calls tell what became of the session; without a listener its error would end the process.
  session.on('error', () => undefined);
  return session;
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
  let message = 'the call ended without a status';
  const readStatus = (headers: IncomingHttpHeaders): void => {
    const code = headers['grpc-status'];
    if (typeof code !== 'string') return;
    status = code;
    message = String(headers['grpc-message'] ?? '');
  };
  call.on('response', readStatus);
  call.on('trailers', readStatus);
  call.on('data', (chunk: Buffer) => chunks.push(chunk));
  call.on('error', (error: Error) => (message = `the call broke: ${error.message}`));
  call.on('close', () => {
    const whole = chunks.length === 1 ? (chunks[0] ?? NOTHING) : Buffer.concat(chunks);
    onEnd({ status, message, answer: whole.subarray(PREFIX_BYTES) });
  });
  call.end(frame);
}

/** Cuts a byte stream into messages and reports the size of each, prefix left out. */
export function createMessageCounter(onMessage: (bytes: number) => void): (chunk: Buffer) => void {
  let pending: Buffer = NOTHING;
  return (chunk) => {
    const { frames, rest } = splitFrames(
      pending.length === 0 ? chunk : Buffer.concat([pending, chunk]),
    );
    pending = rest;
    for (const frame of frames) onMessage(frame.length - PREFIX_BYTES);
  };
}
