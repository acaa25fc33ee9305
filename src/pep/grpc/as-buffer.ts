/** The same bytes as a Buffer, which the library wants; nothing is copied. */
export function asBuffer({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}
