import { decodeHuffman, encodeHuffman } from './huffman';

/** A text of HPACK begins with a byte that has this bit where the text is in the Huffman code, and its length. */
const HUFFMAN = 0x80;
const LENGTH_BITS = 7;

const HUFFMAN_KEY = 'h';
const PLAIN_KEY = 't';

/** Numbers go on in bytes that have this bit. No length within a frame needs more than two of them. */
const GOES_ON = 0x80;
const BITS_PER_BYTE = 7;
const MAX_MORE_BYTES = 2;

/** The keys of a text, one for each way in which HPACK may write it. */
export function keysOfText(text: string): readonly string[] {
  const huffman = encodeHuffman(text);
  const plain = PLAIN_KEY + text;
  return huffman === undefined
    ? [plain]
    : [plain, HUFFMAN_KEY + Buffer.from(huffman).toString('latin1')];
}

/** The text of a key; undefined where it has characters that are not in what is read here. */
export function textOfKey(key: string): string | undefined {
  const text = key.slice(1);
  return key.startsWith(HUFFMAN_KEY) ? decodeHuffman(Buffer.from(text, 'latin1')) : text;
}

/** Goes through a block of HPACK. Once something is wrong it is at the end. */
export class BlockCursor {
  isWrong = false;
  private readonly bytes: Buffer;
  private readonly end: number;
  private at: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  isAtEnd(): boolean {
    return this.at >= this.end;
  }

  /** The next byte, which must be there. */
  peek(): number {
    return this.bytes.readUInt8(this.at);
  }

  /** Takes a number that begins in the lower bits of the next byte. */
  number(bits: number): number {
    if (this.isAtEnd()) return this.fail();
    const most = (1 << bits) - 1;
    let value = this.next() & most;
    if (value < most) return value;
    for (let more = 0; more < MAX_MORE_BYTES && !this.isAtEnd(); more += 1) {
      const byte = this.next();
      value += (byte & (GOES_ON - 1)) << (more * BITS_PER_BYTE);
      if ((byte & GOES_ON) === 0) return value;
    }
    return this.fail();
  }

  /** Takes a text: its key, which says how it is encoded, too. */
  textKey(): string {
    const isHuffman = !this.isAtEnd() && (this.peek() & HUFFMAN) !== 0;
    const length = this.number(LENGTH_BITS);
    const start = this.at;
    if (start + length > this.end) this.fail();
    else this.at = start + length;
    const text = this.bytes.toString('latin1', start, this.at);
    return isHuffman ? HUFFMAN_KEY + text : PLAIN_KEY + text;
  }

  /** Passes over a text. */
  skipText(): void {
    const length = this.number(LENGTH_BITS);
    if (this.at + length > this.end) this.fail();
    else this.at += length;
  }

  private next(): number {
    const byte = this.bytes.readUInt8(this.at);
    this.at += 1;
    return byte;
  }

  private fail(): number {
    this.isWrong = true;
    this.at = this.end;
    return 0;
  }
}
