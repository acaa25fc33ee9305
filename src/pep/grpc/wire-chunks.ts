/** Parts of a tag: the field's number, and the wire type of what has a length. */
const TYPE_BITS = 3;
const LENGTH_DELIMITED = 2;

/** A varint holds seven bits a byte; the eighth says that more follow. */
const VARINT_BITS = 7;
const VARINT_MORE = 0x80;

/** A field that has a length (a message or a text), as bytes of its own. `field` is its number, below 2^28. */
export function encodeField(field: number, content: Uint8Array): Uint8Array {
  const head: number[] = [];
  pushVarint(head, (field << TYPE_BITS) | LENGTH_DELIMITED);
  pushVarint(head, content.length);
  const bytes = new Uint8Array(head.length + content.length);
  bytes.set(head);
  bytes.set(content, head.length);
  return bytes;
}

/** A text as a field. */
export function encodeText(field: number, text: string): Uint8Array {
  return encodeField(field, Buffer.from(text, 'utf8'));
}

/** All chunks one after another. */
export function concatChunks(chunks: readonly Uint8Array[]): Uint8Array {
  let bytes = 0;
  for (const { length } of chunks) bytes += length;
  // Kept for long where it is the body of an answer, so it must not hold a pool of other bytes.
  const whole = Buffer.allocUnsafeSlow(bytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= VARINT_MORE) {
    bytes.push((rest & (VARINT_MORE - 1)) | VARINT_MORE);
    rest >>>= VARINT_BITS;
  }
  bytes.push(rest);
}
