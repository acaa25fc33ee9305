/** Bytes before a gRPC message: one of flags, four of length. */
const PREFIX_BYTES = 5;

/** What is wrong with bytes that should be messages: what stands before one, its length, or that there is one more. */
export type FramingFault = 'flag' | 'size' | 'surplus';

/** What a call may send. */
export interface FramingRules {
  /** Bytes of one message. */
  readonly limitBytes: number;
  /** Messages of the call. */
  readonly messages: number;
}

/**
 * Follows the messages of a stream of bytes without keeping any of them. The library of gRPC passes over what is
 * wrong here, or keeps it before it looks. A class, because one is made for each call.
 */
export class MessageTracker {
  private readonly rules: FramingRules;
  private seen = 0;
  private length = 0;
  private whole = 0;

  /** Begins at the start of a call. */
  constructor(rules: FramingRules) {
    this.rules = rules;
  }

  /** Messages that have become whole. */
  get wholeMessages(): number {
    return this.whole;
  }

  /** Bytes of the message that has begun and is not whole; 0 between two messages. */
  get partialBytes(): number {
    return this.seen;
  }

  /** Takes the next bytes; says what is wrong with them, and then nothing that comes later has a meaning. */
  push(chunk: Uint8Array): FramingFault | undefined {
    for (let at = 0; at < chunk.length;) {
      if (this.seen >= PREFIX_BYTES) at += this.takeContent(chunk.length - at);
      else {
        const fault = this.takePrefix(chunk[at] ?? 0);
        if (fault !== undefined) return fault;
        at += 1;
      }
    }
    return undefined;
  }

  private takePrefix(byte: number): FramingFault | undefined {
    if (this.seen === 0) {
      if (this.whole >= this.rules.messages) return 'surplus';
      if (byte !== 0) return 'flag';
    } else this.length = this.length * 256 + byte;
    this.seen += 1;
    if (this.seen < PREFIX_BYTES) return undefined;
    if (this.length > this.rules.limitBytes) return 'size';
    if (this.length === 0) this.endMessage();
    return undefined;
  }

  private takeContent(available: number): number {
    const missing = PREFIX_BYTES + this.length - this.seen;
    if (available < missing) this.seen += available;
    else this.endMessage();
    return Math.min(available, missing);
  }

  private endMessage(): void {
    this.whole += 1;
    this.seen = 0;
    this.length = 0;
  }
}
