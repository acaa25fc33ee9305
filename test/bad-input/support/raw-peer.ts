import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';

import { status as statuses } from '@grpc/grpc-js';

import { ERROR_CODES, FLAGS, HEAD_BYTES, ping, TYPES } from './http2-bytes';

/** A frame that the server sent. */
interface ReceivedFrame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
  readonly whole: Buffer;
}

/** The mark of the ping that asks whether a connection goes on; no case uses it. */
const LAST_PING = 0xa5;

/** A client that sends any bytes. */
export interface RawPeer {
  send(bytes: Uint8Array): void;
  /** Ends its own half. */
  end(): void;
  /** Waits until the stream has ended, or the connection; says in a line how. */
  fateOfStream(stream: number): Promise<string>;
  /** Waits until the connection has ended, or has answered a ping; says in a line which. */
  fateOfConnection(): Promise<string>;
  close(): void;
}

/** Connects to `HOST:PORT`. */
export async function connectRaw(address: string): Promise<RawPeer> {
  const [host = '', port = ''] = address.split(':');
  const socket = connect({ host, port: Number(port), allowHalfOpen: true });
  const frames: ReceivedFrame[] = [];
  let rest: Buffer = Buffer.alloc(0);
  let closed = false;
  let onNews: () => void = () => undefined;
  socket.on('data', (chunk) => {
    rest = takeFrames(Buffer.concat([rest, chunk]), frames);
    onNews();
  });
  // How it ends does not matter, only that it does.
  socket.on('error', () => undefined);
  for (const event of ['end', 'close'] as const) {
    socket.on(event, () => {
      closed = true;
      onNews();
    });
  }
  await new Promise<void>((resolve) => socket.once('connect', resolve));

  const until = async (holds: () => boolean): Promise<void> => {
    while (!closed && !holds()) await new Promise<void>((resolve) => (onNews = resolve));
  };
  const goaway = (): ReceivedFrame | undefined => frames.find(({ type }) => type === TYPES.goaway);
  const end = (): string => {
    const away = goaway();
    if (away !== undefined) return `GOAWAY ${codeOf(away.payload.readUInt32BE(4))}`;
    return rest.length > 0 || frames.length === 0 ? `CLOSED${textOf(rest)}` : 'CLOSED';
  };
  return {
    send: (bytes) => void socket.write(bytes),
    end: () => void socket.end(),
    fateOfStream: async (stream) => {
      await until(() => goaway() !== undefined || frames.some((each) => endsStream(each, stream)));
      const own = frames.filter((each) => each.stream === stream);
      if (!own.some((each) => endsStream(each, stream))) return end();
      return describeStream(own);
    },
    fateOfConnection: async () => {
      if (!closed && goaway() === undefined) socket.write(ping(LAST_PING));
      await until(() => goaway() !== undefined || frames.some(isLastPong));
      return goaway() === undefined && frames.some(isLastPong) ? 'IGNORED' : end();
    },
    close: () => void socket.destroy(),
  };
}

function takeFrames(bytes: Buffer, frames: ReceivedFrame[]): Buffer {
  let at = 0;
  while (bytes.length - at >= HEAD_BYTES) {
    const length = bytes.readUIntBE(at, 3);
    const to = at + HEAD_BYTES + length;
    if (to > bytes.length) break;
    frames.push({
      type: bytes.readUInt8(at + 3),
      flags: bytes.readUInt8(at + 4),
      stream: bytes.readUInt32BE(at + 5),
      payload: bytes.subarray(at + HEAD_BYTES, to),
      whole: bytes.subarray(at, to),
    });
    at = to;
  }
  return bytes.subarray(at);
}

function endsStream({ type, flags, stream }: ReceivedFrame, wanted: number): boolean {
  if (stream !== wanted) return false;
  const canEnd = type === TYPES.data || type === TYPES.headers;
  return type === TYPES.reset || (canEnd && (flags & FLAGS.end) !== 0);
}

function isLastPong({ type, flags, payload }: ReceivedFrame): boolean {
  return type === TYPES.ping && (flags & FLAGS.ack) !== 0 && payload[0] === LAST_PING;
}

function codeOf(number: number): string {
  return ERROR_CODES[number] ?? String(number);
}

/** What a server says that does not speak HTTP/2. */
function textOf(bytes: Buffer): string {
  const [line = ''] = bytes.toString('latin1').split('\r\n');
  return line === '' ? '' : ` with \`${line.replace(/[^ -~]/gu, '?')}\``;
}

/** The answer on a stream; a resetting without headers is told by its code. */
async function describeStream(frames: readonly ReceivedFrame[]): Promise<string> {
  const reset = frames.find(({ type }) => type === TYPES.reset);
  const code = reset === undefined ? '' : `RST_STREAM ${codeOf(reset.payload.readUInt32BE(0))}`;
  if (!frames.some(({ type }) => type === TYPES.headers)) return code;
  const { ':status': http = '', ...all } = await decodeHeaders(frames);
  const grpc = all['grpc-status'];
  if (grpc === undefined) return `HTTP ${http}`;
  const name = grpc === '0' ? 'OK' : (statuses[Number(grpc)] ?? grpc);
  const words = all['grpc-message'];
  return words === undefined || words === 'OK' ? name : `${name}: ${decodeURIComponent(words)}`;
}

/** Headers and trailers, decoded by a client that is shown the frames as those of its own first call. */
function decodeHeaders(frames: readonly ReceivedFrame[]): Promise<Record<string, string>> {
  const shown = frames.filter(({ type }) => type !== TYPES.reset);
  const wire = new Duplex({
    read: () => undefined,
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  return new Promise((resolve) => {
    const session = connectHttp2('http://localhost', { createConnection: () => wire });
    session.on('error', () => undefined);
    const found: Record<string, string> = {};
    const note = (headers: object): void => {
      for (const [name, value] of Object.entries(headers)) found[name] = String(value);
    };
    const call = session.request({ ':method': 'POST', ':path': '/' });
    call
      .on('response', note)
      .on('trailers', note)
      .on('error', () => undefined);
    call.on('close', () => {
      session.destroy();
      resolve(found);
    });
    call.resume().end();
    setImmediate(() => {
      wire.push(Buffer.concat([EMPTY_SETTINGS, ...shown.map(asFirstStream)]));
    });
  });
}

const EMPTY_SETTINGS = Buffer.of(0, 0, 0, TYPES.settings, 0, 0, 0, 0, 0);

function asFirstStream({ whole }: ReceivedFrame): Buffer {
  const copy = Buffer.from(whole);
  copy.writeUInt32BE(1, 5);
  return copy;
}
