import { constants } from 'node:http2';
import type { OutgoingHttpHeaders } from 'node:http2';

import { FLAG, FRAME, frameOf } from './frame';

/** `:status: 200` in the static table of HPACK, and how a header begins that is in no table and shall get into none. */
const STATUS_OK = 0x88;
const LITERAL = 0x00;

/** The largest length that fits into one byte. */
const SHORT_LENGTH = 127;

/** Headers of an answer without a message as a block that any decoder of HPACK reads alike, whatever it has read before. */
export function blockOf(headers: OutgoingHttpHeaders): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (name === ':status' && value === constants.HTTP_STATUS_OK) parts.push(Buffer.of(STATUS_OK));
    else parts.push(Buffer.of(LITERAL), textOf(name), textOf(String(value)));
  }
  return Buffer.concat(parts);
}

/**
 * The frame of a whole answer. No reset goes with it, as a server may send one to a call that is still sending: a client of
 * Node's HTTP/2 that has more to send than its window takes would then never tell of the answer.
 */
export function refusalFrame(block: Uint8Array, streamId: number): Uint8Array {
  return frameOf(FRAME.headers, FLAG.endHeaders | FLAG.endStream, streamId, block);
}

function textOf(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'latin1');
  return Buffer.concat([lengthOf(bytes.length), bytes]);
}

/** A length of at most 14 bits and some, as HPACK writes it. */
function lengthOf(length: number): Uint8Array {
  if (length < SHORT_LENGTH) return Buffer.of(length);
  const rest = length - SHORT_LENGTH;
  return Buffer.of(SHORT_LENGTH, (rest & 0x7f) | 0x80, rest >> 7);
}
