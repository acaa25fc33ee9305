import { PREFACE, PREFACE_BYTES } from './frame';

/** Tells whether a client begins as HTTP/2 does. */
export class Preface {
  private at = 0;
  private isOther = false;

  /** Takes what comes next; false once it is something else. */
  take(chunk: Buffer): boolean {
    if (this.isOther || this.at >= PREFACE_BYTES) return !this.isOther;
    const length = Math.min(chunk.length, PREFACE_BYTES - this.at);
    const isSame = chunk.subarray(0, length).equals(PREFACE.subarray(this.at, this.at + length));
    this.isOther = !isSame;
    this.at += length;
    return isSame;
  }
}
