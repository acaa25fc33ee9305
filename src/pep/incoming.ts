import { status } from '@grpc/grpc-js';

import type { RefusalReason } from '../ports/telemetry';

/** Why a call, or one request of a stream, is refused. `code` is a gRPC status. */
export interface CallFailure {
  readonly code: status;
  readonly details: string;
  /** For records and metrics. */
  readonly reason: RefusalReason;
  /** The enforcement point's own configuration is wrong, and nothing in `details` is a client's: then it is recorded. */
  readonly isMisconfigured?: true;
  /** For records only: the URIs of the certificate that is refused, bounded and printable. */
  readonly certificateUris?: readonly string[];
}

/**
 * What came in: a message, or why it is none. A message that cannot be read is a value and no exception, so that
 * it can be refused with the status that it deserves, and does not end a stream.
 */
export type Incoming<T> = { readonly message: T } | { readonly failure: CallFailure };

/** The failure of a message that is larger than it may be. */
export function sizeFailure(limitBytes: number): CallFailure {
  const details = `the message has more than ${String(limitBytes)} bytes; ask in several requests`;
  return { code: status.RESOURCE_EXHAUSTED, details, reason: 'size' };
}

/** Makes a decoder total, and refuses what is too large before it is decoded. */
export function createDecoder<T>(
  decode: (bytes: Buffer) => T,
  limitBytes: number,
): (bytes: Buffer) => Incoming<T> {
  return (bytes) => {
    if (bytes.length > limitBytes) return { failure: sizeFailure(limitBytes) };
    try {
      return { message: decode(bytes) };
    } catch {
      const details = 'the message is no valid protobuf of this type';
      return { failure: { code: status.INVALID_ARGUMENT, details, reason: 'malformed' } };
    }
  };
}
