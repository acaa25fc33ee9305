import { PREFACE, PREFACE_BYTES } from './frame';

/** Tells whether a client begins as HTTP/2 does. */
export class Preface {
  private at = 0;

  /** Takes what comes next; false once it is something else. */
  take(chunk: Buffer): boolean {
    if (this.at >= PREFACE_BYTES) return true;
    const length = Math.min(chunk.length, PREFACE_BYTES - this.at);
    const isSame = chunk.subarray(0, length).equals(PREFACE.subarray(this.at, this.at + length));
    if (isSame) this.at += length;
    return isSame;
  }
}
