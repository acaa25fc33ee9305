import { FLAG, FRAME, frameOf, HEADER_BYTES, HEADER_TABLE_SIZE, readFrameHeader } from './frame';

/** The setting of a table of HPACK, with no bytes for it (RFC 9113, section 6.5.2). */
const NO_TABLE = Buffer.of(0, HEADER_TABLE_SIZE, 0, 0, 0, 0);

/**
 * What HTTP/2 sends first, with which it says its settings, made to ask the client for no table of HPACK: then no headers
 * change one, and any call can be taken out. HTTP/2 itself goes on to take what it has always taken, so that a client which
 * does not do as it is asked is served as before. Anything else is returned as it is.
 */
export function askForNoTable(first: Buffer): Buffer {
  if (first.length < HEADER_BYTES) return first;
  const { type, flags, start, end } = readFrameHeader(first, 0);
  if (type !== FRAME.settings || (flags & FLAG.ack) !== 0 || end > first.length) return first;
  const settings = Buffer.concat([first.subarray(start, end), NO_TABLE]);
  return Buffer.concat([frameOf(FRAME.settings, flags, 0, settings), first.subarray(end)]);
}
