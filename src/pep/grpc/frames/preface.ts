/** What every client of HTTP/2 sends first (RFC 9113, section 3.4). */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Tells whether a client begins as HTTP/2 does. */
export class Preface {
  private at = 0;

  /** Takes what comes next; false once it is something else. */
  take(chunk: Buffer): boolean {
    if (this.at >= PREFACE.length) return true;
    const length = Math.min(chunk.length, PREFACE.length - this.at);
    const isSame = chunk.subarray(0, length).equals(PREFACE.subarray(this.at, this.at + length));
    if (isSame) this.at += length;
    return isSame;
  }
}
