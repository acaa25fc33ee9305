import type { Writable } from 'node:stream';

type Callback = (error?: Error | null) => void;

/** Bytes that a connection is given in one piece. How much a client has taken of one is not known before it has all of it. */
const PIECE_BYTES = 64 * 1024;

interface Waiting {
  rest: Buffer;
  readonly callback: Callback;
}

/**
 * Writes to a connection in the order in which it is told to, and what is long in pieces, so that a client that takes it slowly
 * is seen taking it.
 */
export class PacedWrites {
  private readonly wire: Writable;
  private readonly onIdle: () => void;
  /** Bytes that were taken, in whole pieces. */
  takenBytes = 0;
  private waiting: Waiting[] = [];
  private isUnderWay = false;

  constructor(wire: Writable, onIdle: () => void) {
    this.wire = wire;
    this.onIdle = onIdle;
  }

  /** False while pieces of something long are still to be written. */
  isIdle(): boolean {
    return !this.isUnderWay;
  }

  /** Bytes that the connection was not given yet. */
  heldBytes(): number {
    return this.waiting.reduce((sum, { rest }) => sum + rest.length, 0);
  }

  /** Calls back once all of it is taken, or nobody is left to take it. */
  write(bytes: Buffer, callback: Callback): void {
    if (this.isUnderWay) this.waiting.push({ rest: bytes, callback });
    else if (bytes.length <= PIECE_BYTES) this.writePiece(bytes, callback);
    else {
      this.waiting.push({ rest: bytes, callback });
      this.writeNext();
    }
  }

  /** Writes all that waits at once: the connection will soon take nothing more. */
  hurry(): void {
    const { waiting } = this;
    this.waiting = [];
    this.isUnderWay = false;
    for (const { rest, callback } of waiting) this.writePiece(rest, callback);
  }

  private writeNext(): void {
    const [first] = this.waiting;
    this.isUnderWay = first !== undefined;
    if (first === undefined) {
      this.onIdle();
      return;
    }
    const piece = first.rest.subarray(0, PIECE_BYTES);
    first.rest = first.rest.subarray(piece.length);
    this.writePiece(piece, (error) => {
      if (first !== this.waiting[0]) return;
      if (error) this.fail(error);
      else this.writeOn(first);
    });
  }

  private writeOn({ rest, callback }: Waiting): void {
    if (rest.length === 0) {
      this.waiting.shift();
      callback();
    }
    this.writeNext();
  }

  private writePiece(piece: Buffer, callback: Callback): void {
    this.wire.write(piece, (error) => {
      if (!error) this.takenBytes += piece.length;
      callback(error);
    });
  }

  private fail(error: Error): void {
    const failed = this.waiting;
    this.waiting = [];
    this.isUnderWay = false;
    for (const { callback } of failed) callback(error);
  }
}
