import { HEADER_BYTES, readFrameHeader } from './frame';

const EMPTY = Buffer.alloc(0);

/** Follows frames as they go out, to know where others may be put between them. */
export class FrameBoundary {
  private rest: Buffer = EMPTY;
  private payloadBytes = 0;
  /** True once anything is out. */
  hasBegun = false;

  /** Bytes went out. */
  push(chunk: Buffer): void {
    this.hasBegun = true;
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let at = Math.min(this.payloadBytes, bytes.length);
    this.payloadBytes -= at;
    while (bytes.length - at >= HEADER_BYTES) {
      const { end } = readFrameHeader(bytes, at);
      at = Math.min(end, bytes.length);
      this.payloadBytes = end - at;
    }
    this.rest = bytes.subarray(at);
  }

  /** True once the first frame is out, which has to be HTTP/2's own, and as long as the last one is whole. */
  isBetween(): boolean {
    return this.hasBegun && this.payloadBytes === 0 && this.rest.length === 0;
  }
}
