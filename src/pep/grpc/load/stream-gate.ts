import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';

import { admit } from './admit';
import { LONGEST_TIMEOUT, readTimeoutMs } from './grpc-timeout';
import { isGivenUp, watchCall, watchStream } from './guarded-call';
import type { GuardedConnection } from './guarded-connection';
import type { MethodOf } from './guarded-method';
import { findHeaderFault } from './header-fault';
import { BAD_HEADERS, COMPRESSED, TOO_SHORT, UNREADABLE_TIMEOUT } from './refusals';
import type { ReadyRefusal } from './refusals';
import type { ServerGuardParts } from './server-guard-parts';

/** Takes a stream, and returns true, or refuses it. `rawHeaders` are names and values in turn, as they came. */
export type StreamGate = (
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  rawHeaders: readonly string[],
  connection: GuardedConnection,
) => boolean;

/**
 * Creates the gate before the gRPC library: it sees a stream once its headers are there, and before anything is
 * spent on it. What the library would pass over is refused here.
 */
export function createStreamGate(
  { guard, limits }: ServerGuardParts,
  methodOf: MethodOf,
): StreamGate {
  return (stream, headers, rawHeaders, connection) => {
    const isAdmitted = stream.id !== undefined && connection.expected.take(stream.id);
    if (stream.destroyed || stream.closed) {
      stream.on('error', ignore);
      if (isAdmitted) guard.settleCall(connection.load);
      if (isGivenUp(stream)) connection.countReset();
      return false;
    }
    connection.touch();
    const method = methodOf(String(headers[':path']));
    const { isUnary } = method;
    const refusal =
      findFault(headers, rawHeaders) ??
      judgeTimeout(headers, isUnary ? limits.deadline_margin_ms : NO_MARGIN) ??
      (isAdmitted ? undefined : admit(guard, connection.load, isUnary));
    if (refusal !== undefined) {
      if (isAdmitted) guard.settleCall(connection.load);
      stream.on('error', ignore);
      method.refuse(stream, refusal);
      return false;
    }
    const watch = isUnary ? watchCall : watchStream;
    watch(stream, { guard, connection, method });
    return true;
  };
}

/** The deadline of a stream is that of the whole stream, which no single request is measured by. */
const NO_MARGIN = -1;

function findFault(
  headers: IncomingHttpHeaders,
  rawHeaders: readonly string[],
): ReadyRefusal | undefined {
  const fault = findHeaderFault(headers, rawHeaders);
  if (fault !== undefined) return BAD_HEADERS[fault];
  const encoding = headers['grpc-encoding'];
  return encoding === undefined || encoding === 'identity' ? undefined : COMPRESSED;
}

/** Work that cannot be in time is not started. A deadline that the library would misread is written anew for it. */
function judgeTimeout(headers: IncomingHttpHeaders, marginMs: number): ReadyRefusal | undefined {
  const header = headers['grpc-timeout'];
  if (header === undefined) return undefined;
  const timeoutMs = readTimeoutMs(header);
  if (timeoutMs === undefined) return UNREADABLE_TIMEOUT;
  if (timeoutMs > LONGEST_TIMEOUT.milliseconds) headers['grpc-timeout'] = LONGEST_TIMEOUT.header;
  return timeoutMs <= marginMs ? TOO_SHORT : undefined;
}

/** Nobody else listens to a stream that the library does not see, and whoever broke it knows. */
function ignore(): void {
  return;
}
