import {
  FLAG,
  FRAME,
  HEADER_BYTES,
  HEADER_TABLE_SIZE,
  MAX_PAYLOAD_BYTES,
  numberFrame,
  PREFACE_BYTES,
  readFrameHeader,
  USUAL_TABLE_BYTES,
} from './frame';
import type { FrameHeader } from './frame';
import { readBlock } from './header-block';
import type { ReadBlock } from './header-block';
import { HeaderTable } from './header-table';
import { refusalFrame } from './refusal-frames';

/** Judges calls by what is read of their headers, before anything is made of them. */
export interface FrameJudge {
  /** The block of headers to answer a call with; undefined: it goes on. */
  readonly refuse: (streamId: number, block: ReadBlock) => Uint8Array | undefined;
  /** A call goes on whatever is said of it. */
  readonly expect: (streamId: number, block: ReadBlock) => void;
  /** A client gave up a call that nobody has seen. */
  readonly onGivenUp: () => void;
}

/** What goes on of what a client sent, and the frames to answer it with. */
export interface Gated {
  readonly forward: readonly Buffer[];
  readonly replies: readonly Uint8Array[];
}

/** The longest frame that is waited for until it is whole; a longer one goes on unread. */
const LOOK_BYTES = 4096;

/** Refused calls of which something may still come. */
const MAX_REFUSED = 1024;

/**
 * What a window is given back in one piece: at least a quarter of the one that a connection begins with, so that few bytes
 * do not make many frames, and at most what a frame can say. A client that minds its window never sends so much.
 */
const LEAST_WINDOW = 16_384;
const LARGEST_WINDOW = 0x7fffffff;

const EMPTY = Buffer.alloc(0);
const PRIORITY_BYTES = 5;

/** A setting: two bytes that name it, four of its value. */
const SETTING_BYTES = 6;

/**
 * Goes through what a client sends, frame by frame, and takes out calls that are refused at once or given up at once:
 * to HTTP/2 each is a stream with all that belongs to one, which costs half of what a decision costs. What is taken out
 * leaves no trace there: its headers would have changed nothing in the decoder, ids of streams may be left out, and the
 * window of the connection is given back. What the gate does not know goes on as it came.
 */
export class FrameGate {
  private readonly judge: FrameJudge;
  private rest: Buffer = EMPTY;
  /** Bytes that go on whatever they are, of the preface or of a frame that comes in parts; or that do not. */
  private passing = PREFACE_BYTES;
  private skipping = 0;
  private lastStreamId = 0;
  private lastPassedId = 0;
  private takenBytes = 0;
  /** False once a client's decoder waits for an update of its table, which only HTTP/2 can send it. */
  private isDecodable = true;
  private isBlind = false;
  private readonly refused = new Set<number>();
  private readonly table = new HeaderTable();

  constructor(judge: FrameJudge) {
    this.judge = judge;
  }

  /** Takes what came in. Calls are refused only where something may be sent now. */
  take(chunk: Buffer, mayReply: boolean): Gated {
    if (this.isBlind) return { forward: [chunk], replies: [] };
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const forward: Buffer[] = [];
    const replies: Uint8Array[] = [];
    let from = Math.min(this.skipping, bytes.length);
    this.skipping -= from;
    let at = Math.min(from + this.passing, bytes.length);
    this.passing -= at - from;
    const givenUp = this.findGivenUp(bytes, at);
    while (bytes.length - at >= HEADER_BYTES) {
      const frame = readFrameHeader(bytes, at);
      const end = Math.min(frame.end, bytes.length);
      if (frame.length > MAX_PAYLOAD_BYTES) this.isBlind = true;
      if (this.isBlind) {
        at = bytes.length;
        break;
      }
      if (end < frame.end && isLookedInto(frame)) break;
      if (this.takesOut(frame, bytes, { givenUp, replies: mayReply ? replies : undefined })) {
        if (at > from) forward.push(bytes.subarray(from, at));
        from = end;
        this.skipping = frame.end - end;
      } else this.passing = frame.end - end;
      at = end;
    }
    if (at > from) forward.push(bytes.subarray(from, at));
    this.rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : EMPTY;
    return { forward, replies };
  }

  /** What gives the client back the window that taken calls have used; undefined while that is little. */
  giveWindowBack(): Uint8Array | undefined {
    if (this.takenBytes < LEAST_WINDOW) return undefined;
    const bytes = Math.min(this.takenBytes, LARGEST_WINDOW);
    this.takenBytes -= bytes;
    return numberFrame(FRAME.windowUpdate, 0, bytes);
  }

  private takesOut(frame: FrameHeader, bytes: Buffer, parts: TakeParts): boolean {
    const { type, streamId } = frame;
    switch (type) {
      case FRAME.headers:
        return this.takesOutHeaders(frame, bytes, parts);
      case FRAME.settings:
        this.readSettings(frame, bytes);
        return false;
      case FRAME.data:
        if (!this.refused.has(streamId)) return false;
        this.takenBytes += frame.length;
        return true;
      case FRAME.rstStream:
      case FRAME.windowUpdate:
        return this.refused.has(streamId);
      default:
        return false;
    }
  }

  private takesOutHeaders(frame: FrameHeader, bytes: Buffer, parts: TakeParts): boolean {
    const { streamId } = frame;
    const block = this.readHeaders(frame, bytes);
    const isNew = streamId % 2 === 1 && streamId > this.lastStreamId;
    if (isNew) {
      this.lastStreamId = streamId;
      if (block !== undefined && this.isRefused(streamId, block, parts)) {
        this.refused.add(streamId);
        return true;
      }
    } else if (block?.isPlain === true && this.refused.has(streamId)) return true;
    // HTTP/2 knows the stream from now on, so that all that comes on it is for HTTP/2.
    this.refused.delete(streamId);
    this.lastPassedId = Math.max(this.lastPassedId, streamId);
    return false;
  }

  /** Undefined: it was not read whole, and what it adds to the table is not known. */
  private readHeaders(frame: FrameHeader, bytes: Buffer): ReadBlock | undefined {
    const range = blockOf(frame);
    const block =
      range === undefined || frame.end > bytes.length
        ? undefined
        : readBlock(bytes, range, this.table);
    if (block === undefined) this.table.forget();
    return block;
  }

  private isRefused(streamId: number, block: ReadBlock, { givenUp, replies }: TakeParts): boolean {
    const mayTakeOut = block.isPlain && this.hasRoom();
    if (mayTakeOut && givenUp?.has(streamId) === true) {
      this.judge.onGivenUp();
      return true;
    }
    if (!mayTakeOut || replies === undefined || !this.isDecodable) {
      this.judge.expect(streamId, block);
      return false;
    }
    const answer = this.judge.refuse(streamId, block);
    if (answer !== undefined) replies.push(refusalFrame(answer, streamId));
    return answer !== undefined;
  }

  /** Once a later stream has gone on, HTTP/2 itself passes over what comes on one that it does not know. */
  private hasRoom(): boolean {
    if (this.refused.size < MAX_REFUSED) return true;
    for (const streamId of this.refused) {
      if (streamId > this.lastPassedId) break;
      this.refused.delete(streamId);
    }
    return this.refused.size < MAX_REFUSED;
  }

  /** New streams whose end is among the same bytes; undefined where there is none, which is nearly always. */
  private findGivenUp(bytes: Buffer, start: number): ReadonlySet<number> | undefined {
    let found: Set<number> | undefined;
    for (let at = start; bytes.length - at >= HEADER_BYTES;) {
      const { type, streamId, end } = readFrameHeader(bytes, at);
      const isWhole = end <= bytes.length;
      if (type === FRAME.rstStream && isWhole && streamId > this.lastStreamId) {
        found ??= new Set();
        found.add(streamId);
      }
      at = end;
    }
    return found;
  }

  private readSettings({ flags, start, end }: FrameHeader, bytes: Buffer): void {
    if ((flags & FLAG.ack) !== 0) return;
    // Too many to be waited for: nobody knows what they say.
    if (end > bytes.length) this.isDecodable = false;
    for (let at = start; at + SETTING_BYTES <= Math.min(end, bytes.length); at += SETTING_BYTES) {
      if (bytes.readUInt16BE(at) !== HEADER_TABLE_SIZE) continue;
      if (bytes.readUInt32BE(at + 2) < USUAL_TABLE_BYTES) this.isDecodable = false;
    }
  }
}

interface TakeParts {
  readonly givenUp: ReadonlySet<number> | undefined;
  /** Absent: nothing may be sent now. */
  readonly replies: Uint8Array[] | undefined;
}

function isLookedInto({ type, length }: FrameHeader): boolean {
  return (type === FRAME.headers || type === FRAME.settings) && length <= LOOK_BYTES;
}

/** Where the block of a frame is; undefined where it goes on in other frames, or is padded, which no client does. */
function blockOf({
  flags,
  start,
  end,
}: FrameHeader): Pick<FrameHeader, 'start' | 'end'> | undefined {
  if ((flags & FLAG.endHeaders) === 0 || (flags & FLAG.padded) !== 0) return undefined;
  const blockStart = (flags & FLAG.priority) === 0 ? start : start + PRIORITY_BYTES;
  return blockStart > end ? undefined : { start: blockStart, end };
}
