import type { OutgoingHttpHeaders } from 'node:http2';

import { status } from '@grpc/grpc-js';

import { sizeFailure } from '../../incoming';
import type { CallFailure } from '../../incoming';
import type { Denials } from '../../service-factory';
import { MAX_HEADER_BYTES } from './header-fault';
import type { HeaderFault } from './header-fault';
import type { ShedReason } from './load-guard';
import type { FramingFault } from './message-tracker';

/** A refusal that is ready to be sent. */
export interface ReadyRefusal {
  readonly failure: CallFailure;
  readonly headers: OutgoingHttpHeaders;
  /**
   * What is denied in its place, where a method has an answer for that: there is too much to do, or what the caller
   * passes on may be the reason. Absent: the caller itself is wrong.
   */
  readonly denial?: keyof Denials;
}

/** The headers of every answer. */
export const ANSWER_HEADERS = {
  ':status': 200,
  'content-type': 'application/grpc+proto',
} as const;

/** Milliseconds after which a client that repeats refused calls may repeat one: overload is gone by then, or not. */
const PUSHBACK_MS = 200;

const WHY_SHED: Readonly<Record<ShedReason, string>> = {
  calls: 'too many calls are in flight',
  bytes: 'too many bytes of this connection are in flight',
  streams: 'too many streams are open',
  delay: 'too much work waits',
};

/** The failure of a call that is refused because of load. */
export function overloadFailure(reason: ShedReason): CallFailure {
  const details = `${WHY_SHED[reason]}; ask another instance, or later`;
  return { code: status.RESOURCE_EXHAUSTED, details, reason: 'overload' };
}

/** Refusals because of load. */
export const SHED: Readonly<Record<ShedReason, ReadyRefusal>> = {
  calls: deniable('overloaded', overloadFailure('calls')),
  bytes: deniable('overloaded', overloadFailure('bytes')),
  streams: deniable('overloaded', overloadFailure('streams')),
  delay: deniable('overloaded', overloadFailure('delay')),
};

/** The refusal of a call whose deadline cannot be met. */
export const TOO_SHORT = deniable('overloaded', {
  code: status.DEADLINE_EXCEEDED,
  details: 'the deadline is too short for any answer; nothing was begun',
  reason: 'deadline',
});

/** The refusal of a call that compresses its messages. */
export const COMPRESSED = ready({
  code: status.UNIMPLEMENTED,
  details: 'compressed messages are not read; send them as they are',
  reason: 'invalid',
});

/** The refusal of a call whose deadline cannot be read: taken for none, it would be waited for without end. */
export const UNREADABLE_TIMEOUT = ready(
  malformed('`grpc-timeout` must be 1 to 8 digits and one of the units H, M, S, m, u, n'),
);

/** Refusals because of the headers. What speaks no gRPC gets what any HTTP client understands. */
export const BAD_HEADERS: Readonly<Record<HeaderFault, ReadyRefusal>> = {
  method: {
    ...ready(malformed('`:method` must be `POST`')),
    headers: { ':status': 405, allow: 'POST' },
  },
  type: {
    ...ready(malformed('`content-type` must be `application/grpc`')),
    headers: { ':status': 415, accept: 'application/grpc, application/grpc+proto' },
  },
  size: deniable('tooLarge', {
    code: status.RESOURCE_EXHAUSTED,
    details: `the headers have more than ${String(MAX_HEADER_BYTES)} bytes; send fewer`,
    reason: 'size',
  }),
};

/** Refusals because of what a call sends behind its headers. */
export function framingRefusals(limitBytes: number): Readonly<Record<FramingFault, ReadyRefusal>> {
  return {
    flag: ready(
      malformed('the byte before the length of a message must be 0; send messages as they are'),
    ),
    size: deniable('tooLarge', sizeFailure(limitBytes)),
    surplus: ready(malformed('the method takes one message, and there are bytes behind it')),
  };
}

function malformed(details: string): CallFailure {
  return { code: status.INVALID_ARGUMENT, details, reason: 'malformed' };
}

function ready(failure: CallFailure): ReadyRefusal {
  return { failure, headers: headersOf(failure) };
}

function deniable(denial: keyof Denials, failure: CallFailure): ReadyRefusal {
  return { ...ready(failure), denial };
}

/** A failure as the headers of an answer without a message. */
function headersOf({ code, details, reason }: CallFailure): OutgoingHttpHeaders {
  return {
    ...ANSWER_HEADERS,
    'grpc-status': String(code),
    'grpc-message': encodeURI(details),
    ...(code === status.UNIMPLEMENTED ? { 'grpc-accept-encoding': 'identity' } : {}),
    ...(reason === 'overload' ? { 'grpc-retry-pushback-ms': String(PUSHBACK_MS) } : {}),
  };
}
