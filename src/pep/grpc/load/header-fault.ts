import type { IncomingHttpHeaders } from 'node:http2';

/** What is wrong with the headers of a call: how HTTP is used, what its body is, or how large they are. */
export type HeaderFault = 'method' | 'type' | 'size';

/** Bytes of the headers of one call, counted as HTTP/2 does. */
export const MAX_HEADER_BYTES = 16 * 1024;

/** What each header counts for beside its name and value (RFC 9113, section 6.5.2). */
const BYTES_PER_HEADER = 32;

/** Finds what no call of gRPC has. `rawHeaders` are names and values in turn, as they came. */
export function findHeaderFault(
  headers: IncomingHttpHeaders,
  rawHeaders: readonly string[],
): HeaderFault | undefined {
  if (headers[':method'] !== 'POST') return 'method';
  const type = headers['content-type'];
  if (type !== 'application/grpc' && type !== 'application/grpc+proto') return 'type';
  let bytes = 0;
  let types = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    bytes += name.length + (rawHeaders[at + 1] ?? '').length + BYTES_PER_HEADER;
    // Node shows the first of several, and others may have read another one.
    if (name === 'content-type') types += 1;
  }
  if (types > 1) return 'type';
  return bytes > MAX_HEADER_BYTES ? 'size' : undefined;
}
