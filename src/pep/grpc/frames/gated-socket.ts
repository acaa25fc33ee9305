import type { ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

import { askForNoTable } from './ask-for-no-table';
import { goawayFrame } from './frame';
import { FrameBoundary } from './frame-boundary';
import { FrameGate } from './frame-gate';
import type { FrameJudge } from './frame-gate';
import { PacedWrites } from './paced-writes';

type Callback = (error?: Error | null) => void;

/** Bytes that may wait for a client to be read; above it no more calls are refused here, and HTTP/2 keeps its own limits. */
const MAX_WAITING_BYTES = 32 * 1024;

/**
 * The gate of a session. From now on the session shows the connection itself in its place, so that who asks for addresses and
 * certificates gets them. Throws where a session has no gate, which would be no guard.
 */
export function gateOf(session: ServerHttp2Session): GatedSocket {
  const { stream } = session.socket as { readonly stream?: unknown };
  if (!(stream instanceof GatedSocket)) throw new Error('a connection came in beside the gate');
  Object.defineProperty(session, 'socket', { value: stream.wire });
  return stream;
}

/** A client's connection behind the gate: what HTTP/2 reads has gone through it, and what it writes goes out as it is, but for its settings. */
export class GatedSocket extends Duplex {
  /** The connection itself, which knows who is at its other end. */
  readonly wire: Socket;
  private gate: FrameGate | undefined;
  private readonly sent = new FrameBoundary();
  private waiting: Uint8Array[] = [];
  private pieces: Buffer[] = [];
  private callbacks: Callback[] = [];
  private isCorked = false;
  private readonly writes: PacedWrites;
  /** What is left to do once all is written. */
  private finish: (() => void) | undefined;

  constructor(wire: Socket) {
    super();
    this.wire = wire;
    this.writes = new PacedWrites(wire, () => {
      this.reply();
      this.finish?.();
    });
    wire.on('data', (chunk: Buffer) => {
      this.receive(chunk);
    });
    wire.once('end', () => {
      // Node ends a connection whose client has ended it, behind what it was given until now.
      this.writes.hurry();
      this.push(null);
    });
    wire.once('error', (error) => this.destroy(error));
    wire.once('close', () => this.destroy());
    wire.pause();
  }

  /** Has calls judged from now on; before anything was read. */
  judgeBy(judge: FrameJudge): void {
    this.gate = new FrameGate(judge);
  }

  /** Tells the client that its connection ends. HTTP/2 does not get to it while something that it wrote is on its way. */
  sayGoaway(code: number, reason: string): void {
    if (this.mayReply()) this.wire.write(goawayFrame(code, reason));
  }

  /** Bytes of HTTP/2 that the client's machine has taken. Refusals of the gate do not count, since nobody waits for them. */
  get takenBytes(): number {
    return this.writes.takenBytes;
  }

  /** All that the client's machine has taken. */
  get sentBytes(): number {
    return this.wire.bytesWritten - this.wire.writableLength;
  }

  /** Bytes that wait for it. */
  get waitingBytes(): number {
    return this.wire.writableLength + this.writes.heldBytes();
  }

  /** Ends the connection, whatever is still to be written on it. */
  cut(): void {
    this.wire.destroy();
  }

  override _read(): void {
    this.wire.resume();
  }

  override cork(): void {
    this.isCorked = true;
  }

  /** HTTP/2 writes many small pieces between `cork` and `uncork`, which go out as one. */
  override write(chunk: Buffer, callback?: unknown): boolean {
    this.pieces.push(chunk);
    if (typeof callback === 'function') this.callbacks.push(callback as Callback);
    if (!this.isCorked) this.writeOut();
    return true;
  }

  override uncork(): void {
    this.isCorked = false;
    if (this.pieces.length > 0) this.writeOut();
  }

  private writeOut(): void {
    const { pieces, callbacks } = this;
    this.pieces = [];
    this.callbacks = [];
    const written = Buffer.concat(pieces);
    const bytes = this.sent.hasBegun ? written : askForNoTable(written);
    this.sent.push(bytes);
    this.writes.write(bytes, (error) => {
      for (const callback of callbacks) callback(error);
      this.reply();
    });
    this.reply();
  }

  override _final(callback: Callback): void {
    const finish = (): void => void this.wire.end(callback);
    if (this.writes.isIdle()) finish();
    else this.finish = finish;
  }

  override _destroy(error: Error | null, callback: Callback): void {
    this.wire.destroy();
    callback(error);
  }

  private receive(chunk: Buffer): void {
    if (this.gate === undefined) {
      this.forward(chunk);
      return;
    }
    const { forward, replies } = this.gate.take(chunk, this.mayReply());
    if (this.destroyed) return;
    this.waiting.push(...replies);
    this.reply();
    const [first] = forward;
    if (first !== undefined) this.forward(forward.length === 1 ? first : Buffer.concat(forward));
  }

  private forward(bytes: Buffer): void {
    if (!this.push(bytes)) this.wire.pause();
  }

  private mayReply(): boolean {
    const { writable, writableLength } = this.wire;
    return writable && writableLength < MAX_WAITING_BYTES && this.isBetween();
  }

  /** Nothing is put into the midst of a frame, nor behind the last one. What cannot be said now is said once it can. */
  private reply(): void {
    const window = this.mayReply() ? this.gate?.giveWindowBack() : undefined;
    if (window !== undefined) this.waiting.push(window);
    if (this.waiting.length === 0 || !this.isBetween() || !this.wire.writable) return;
    const replies = Buffer.concat(this.waiting);
    this.waiting = [];
    this.wire.write(replies, () => {
      this.reply();
    });
  }

  private isBetween(): boolean {
    return this.sent.isBetween() && this.writes.isIdle();
  }
}
