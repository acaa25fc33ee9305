/** UTF-8 needs at most so many bytes for one UTF-16 unit. */
const MAX_BYTES_PER_UNIT = 3;

/** True if the text has more bytes of UTF-8 than the limit. Counts only where the length does not tell. */
export function exceedsBytes(text: string, limitBytes: number): boolean {
  if (text.length * MAX_BYTES_PER_UNIT <= limitBytes) return false;
  return text.length > limitBytes || Buffer.byteLength(text, 'utf8') > limitBytes;
}
