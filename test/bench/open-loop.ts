import {
  connectRaw,
  opening,
  resetFrame,
  SETTINGS_ACK,
  streamIdOf,
  windowFrame,
} from '../e2e/faults/raw-connection';
import { createFrameReader, FLAG, FRAME, frameOf } from '../e2e/faults/http2-frames';
import type { Frame } from '../e2e/faults/http2-frames';

/** How one call ended, and after how long. */
export interface OpenLoopCall {
  readonly sentAtMs: number;
  readonly how: 'answered' | 'refused' | 'broken';
  readonly latencyMs: number;
}

/** A connection on which calls are begun whether earlier ones are answered or not. */
export interface OpenLoop {
  /** Begins a call. */
  begin(frame: Buffer): void;
  /** Sends what was begun. */
  flush(): void;
  /** True once the server takes no more calls here. */
  isGoing(): boolean;
  /** Gives the calls that were not sent to another connection, as every client does. */
  moveTo(other: OpenLoop): void;
  /** Begins what was begun elsewhere. */
  take(call: Waiting): void;
  close(): void;
}

/** Windows so large that the client never holds a server back. */
const INITIAL_WINDOW = 4;
const LARGEST_WINDOW = 0x7fffffff;
const NO_ERROR = 0;
const FIRST_SEND_WINDOW = 65_535;
const WINDOW_EVERY_BYTES = 1 << 20;

/** The setting of a table of HPACK without room, and how a client says that it has none from now on. */
const NO_TABLE = Buffer.from('000100000000', 'hex');
const TABLE_IS_GONE = Buffer.of(0x20);

/** The calls that a server lets one connection have; more wait here, as in every client. */
const MAX_STREAMS = 1024;

interface Waiting {
  readonly frame: Buffer;
  readonly sentAtMs: number;
  isSent: boolean;
  isAnswered: boolean;
}

/** What is asked, and how an answer is told from a refusal without reading its headers. */
export interface OpenLoopTarget {
  /** The block of headers of the next call. */
  readonly headers: () => Buffer;
  readonly giveUpMs: number;
  /** True for the frame of a stream that only an answer has. */
  readonly isAnswer: (frame: Frame) => boolean;
}

/** `:status: 200` as the static table of HPACK has it, which is how every server that has tables writes it. */
const STATUS_OK = 0x88;

/** An answer of gRPC has data, and a refusal none. */
export const GRPC_ANSWER: OpenLoopTarget['isAnswer'] = ({ type }) => type === FRAME.data;

/** An answer of HTTP has the status 200. */
export const HTTP_ANSWER: OpenLoopTarget['isAnswer'] = ({ type, payload }) =>
  type === FRAME.headers && payload[0] === STATUS_OK;

/**
 * Opens a connection. HTTP/2 is written by hand and headers are not read: a client of a library would cost more than the
 * server that is measured.
 */
export function openLoop(
  address: string,
  { headers, giveUpMs, isAnswer }: OpenLoopTarget,
  onEnd: (call: OpenLoopCall) => void,
): OpenLoop {
  const { socket, ...connection } = connectRaw(address);
  const calls = new Map<number, Waiting>();
  const bodies: { readonly id: number; readonly frame: Buffer }[] = [];
  let out: Buffer[] = [
    opening([[INITIAL_WINDOW, LARGEST_WINDOW]]),
    windowFrame(0, 1 << 30),
    SETTINGS_ACK,
  ];
  let window = FIRST_SEND_WINDOW;
  let unacknowledged = 0;
  let index = 0;
  let isGoing = false;
  const begun: Waiting[] = [];
  const end = (id: number, how: OpenLoopCall['how']): void => {
    const call = calls.get(id);
    if (call === undefined) return;
    calls.delete(id);
    // What is answered before it was sent ends only when its client says so.
    if (!call.isSent && how !== 'broken') out.push(resetFrame(id, NO_ERROR));
    onEnd({ sentAtMs: call.sentAtMs, how, latencyMs: performance.now() - call.sentAtMs });
  };
  let resized = Buffer.alloc(0);
  const sendHeaders = (): void => {
    const nowMs = performance.now();
    while (calls.size < MAX_STREAMS && !isGoing) {
      const call = begun.shift();
      if (call === undefined) return;
      // Nobody waits any more for what has waited here for so long.
      if (nowMs - call.sentAtMs > giveUpMs) continue;
      const id = streamIdOf(index++);
      calls.set(id, call);
      const block = Buffer.concat([resized, headers()]);
      resized = Buffer.alloc(0);
      out.push(frameOf(FRAME.headers, FLAG.endHeaders, id, block));
      bodies.push({ id, frame: call.frame });
    }
  };
  const sendBodies = (): void => {
    for (let next = bodies[0]; next !== undefined; next = bodies[0]) {
      const call = calls.get(next.id);
      if (call !== undefined) {
        if (window < next.frame.length) return;
        window -= next.frame.length;
        out.push(frameOf(FRAME.data, FLAG.endStream, next.id, next.frame));
        call.isSent = true;
      }
      bodies.shift();
    }
  };
  /** What comes after the last call that is answered here is asked again elsewhere, as every client does. */
  const leave = (lastId: number): void => {
    isGoing = true;
    for (const [id, call] of calls) {
      if (id <= lastId) continue;
      calls.delete(id);
      begun.push({ ...call, isSent: false });
    }
  };
  const take = (frame: Frame): void => {
    const { type, flags, streamId, payload } = frame;
    const call = calls.get(streamId);
    if (type === FRAME.windowUpdate && streamId === 0) window += payload.readUInt32BE(0);
    if (type === FRAME.settings && payload.includes(NO_TABLE)) resized = TABLE_IS_GONE;
    if (type === FRAME.data) unacknowledged += payload.length;
    if (call !== undefined && isAnswer(frame)) call.isAnswered = true;
    const isEnd = (type === FRAME.data || type === FRAME.headers) && (flags & FLAG.endStream) !== 0;
    if (isEnd) end(streamId, call?.isAnswered === true ? 'answered' : 'refused');
    if (type === FRAME.rstStream) end(streamId, 'broken');
    if (type === FRAME.goaway) leave(payload.readUInt32BE(0));
  };
  const flush = (): void => {
    sendHeaders();
    sendBodies();
    if (unacknowledged > WINDOW_EVERY_BYTES) {
      out.push(windowFrame(0, unacknowledged));
      unacknowledged = 0;
    }
    if (out.length > 0) socket.write(Buffer.concat(out));
    out = [];
  };
  const read = createFrameReader(take);
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    read(chunk);
    flush();
  });
  socket.on('close', () => {
    for (const id of [...calls.keys()]) end(id, 'broken');
  });
  return {
    begin: (frame) => {
      begun.push({ frame, sentAtMs: performance.now(), isSent: false, isAnswered: false });
    },
    flush,
    isGoing: () => isGoing,
    moveTo: (other) => {
      for (const call of begun.splice(0)) other.take(call);
    },
    take: (call) => {
      begun.push(call);
    },
    close: () => {
      connection.close();
    },
  };
}
