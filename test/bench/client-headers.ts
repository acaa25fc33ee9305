/** What of the static table of HPACK a call is written with: whole headers, and names (RFC 7541, appendix A). */
const METHOD_POST = 0x83;
const SCHEME_HTTP = 0x86;
const AUTHORITY = 1;
const PATH = 4;
const CONTENT_TYPE = 31;
const USER_AGENT = 58;

/** The largest index that fits into the first byte of a header that is in no table; the rest stands in the next one. */
const SHORT_INDEX = 15;

/** How a header begins that is in no table, and how one that the table gets. */
const LITERAL = 0x00;
const ADDED = 0x40;

/** The header block of a call as clients write it that keep no table: what the static one has is named by its index. */
export function clientHeaders(path: string, contentType: string): Buffer {
  return Buffer.concat([
    Buffer.of(METHOD_POST, SCHEME_HTTP),
    indexed(PATH, path),
    indexed(AUTHORITY, 'localhost'),
    indexed(CONTENT_TYPE, contentType),
    indexed(USER_AGENT, 'grpc-go/1.70.0'),
  ]);
}

/** The same for a call of gRPC; `timeout` as in `1m` for a millisecond. */
export function grpcHeaders(path: string, timeout?: string): Buffer {
  return Buffer.concat([
    clientHeaders(path, 'application/grpc'),
    named('te', 'trailers'),
    ...(timeout === undefined ? [] : [named('grpc-timeout', timeout)]),
  ]);
}

/** A header that is in no table; `isAdded`: the table gets it. */
export function named(name: string, value: string, isAdded = false): Buffer {
  return Buffer.concat([Buffer.of(isAdded ? ADDED : LITERAL), textOf(name), textOf(value)]);
}

function indexed(index: number, value: string): Buffer {
  const start = index < SHORT_INDEX ? [index] : [SHORT_INDEX, index - SHORT_INDEX];
  return Buffer.concat([Buffer.from(start), textOf(value)]);
}

/** A text of less than 127 bytes. */
function textOf(text: string): Buffer {
  return Buffer.concat([Buffer.of(text.length), Buffer.from(text)]);
}
