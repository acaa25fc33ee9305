const VARINT_BITS = 7;
const VARINT_PAYLOAD = 0x7f;
const VARINT_MORE = 0x80;
const MAX_VARINT_BYTES = 10;
const MAX_UINT32_BYTES = 5;

/** Of the fifth byte of a varint, the bits that still belong to a number of 32. */
const FIFTH_BYTE_OF_32_BITS = 0x0f;

/** The least fifth byte of a negative number of 32 bits, which is written with ten bytes. */
const FIFTH_BYTE_OF_NEGATIVE = 0xf8;

/** Of the tenth byte of a varint, the bit that still belongs to a number of 64. */
const TENTH_BYTE_OF_64_BITS = 1;

/** A place in bytes of a protobuf message. Steps return false where the bytes do not allow them. */
export class WireCursor {
  at = 0;
  /** What `readUint32` has read. */
  value = 0;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Reads a tag or a length into `value`. */
  readUint32(end: number): boolean {
    const size = this.varintSize(end);
    if (size === 0 || size > MAX_UINT32_BYTES) return false;
    if (size === MAX_UINT32_BYTES && this.byte(MAX_UINT32_BYTES - 1) > FIFTH_BYTE_OF_32_BITS) {
      return false;
    }
    this.value = 0;
    for (let index = size - 1; index >= 0; index -= 1) {
      this.value = this.value * (1 << VARINT_BITS) + (this.byte(index) & VARINT_PAYLOAD);
    }
    this.at += size;
    return true;
  }

  /** Steps over a number of up to 64 bits. */
  skipInt64(end: number): boolean {
    const size = this.varintSize(end);
    this.at += size;
    return size > 0;
  }

  /** Steps over a number of up to 32 bits with a sign; one that decoders would cut is refused. */
  skipInt32(end: number): boolean {
    const size = this.varintSize(end);
    const fits =
      size > 0 &&
      (size < MAX_UINT32_BYTES ||
        (size === MAX_UINT32_BYTES && this.byte(MAX_UINT32_BYTES - 1) <= FIFTH_BYTE_OF_32_BITS) ||
        (size === MAX_VARINT_BYTES && this.isNegativeInt32()));
    this.at += size;
    return fits;
  }

  /** Steps over so many bytes. */
  skip(bytes: number, end: number): boolean {
    if (bytes > end - this.at) return false;
    this.at += bytes;
    return true;
  }

  private byte(index: number): number {
    return this.bytes[this.at + index] ?? 0;
  }

  /** Bytes of the varint here; 0 if there is none before `end`, or it has more than 64 bits. */
  private varintSize(end: number): number {
    for (let index = 0; index < MAX_VARINT_BYTES && this.at + index < end; index += 1) {
      const byte = this.byte(index);
      if (byte >= VARINT_MORE) continue;
      const last = index === MAX_VARINT_BYTES - 1;
      return last && byte > TENTH_BYTE_OF_64_BITS ? 0 : index + 1;
    }
    return 0;
  }

  private isNegativeInt32(): boolean {
    if (this.byte(4) < FIFTH_BYTE_OF_NEGATIVE) return false;
    for (let index = MAX_UINT32_BYTES; index < MAX_VARINT_BYTES - 1; index += 1) {
      if (this.byte(index) !== (VARINT_MORE | VARINT_PAYLOAD)) return false;
    }
    return true;
  }
}
