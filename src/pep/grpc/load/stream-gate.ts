import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2';

import type { CallFailure } from '../../incoming';
import { readTimeoutMs } from './grpc-timeout';
import { isGivenUp, watchCall, watchStream } from './guarded-call';
import type { GuardedConnection } from './guarded-connection';
import type { ServerGuardParts } from './server-guard-parts';
import {
  COMPRESSED,
  denyCall,
  frameOf,
  overloadFailure,
  refuseCall,
  TOO_SHORT,
  trailersOf,
} from './refuse-call';

/** Takes a stream, and returns true, or refuses it. */
export type StreamGate = (
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  connection: GuardedConnection,
) => boolean;

/** A refusal that is ready to be sent. */
interface ReadyRefusal {
  readonly failure: CallFailure;
  readonly trailers: OutgoingHttpHeaders;
}

const SHED = {
  calls: ready(overloadFailure('calls')),
  bytes: ready(overloadFailure('bytes')),
  streams: ready(overloadFailure('streams')),
  delay: ready(overloadFailure('delay')),
} as const;

const LATE = ready(TOO_SHORT);
const NOT_READ = ready(COMPRESSED);

/**
 * Creates the gate before the gRPC library: it sees a stream once its headers are there, and before anything is
 * spent on it. `isStreaming` tells the kind of a method by its path.
 */
export function createStreamGate(
  parts: ServerGuardParts,
  isStreaming: (path: string) => boolean,
): StreamGate {
  const { guard, limits, events } = parts;
  const denials = new Map(
    [...(parts.denials ?? [])].map(([path, answer]) => [path, frameOf(answer)]),
  );
  const refuse = (stream: ServerHttp2Stream, path: string, refusal: ReadyRefusal): false => {
    stream.on('error', ignore);
    const denial = denials.get(path);
    if (denial === undefined || refusal === NOT_READ) refuseCall(stream, refusal.trailers);
    else denyCall(stream, denial);
    events.onRefused(refusal.failure);
    return false;
  };
  return (stream, headers, connection) => {
    if (stream.destroyed || stream.closed) {
      stream.on('error', ignore);
      if (isGivenUp(stream)) connection.countReset();
      return false;
    }
    connection.touch();
    const path = String(headers[':path']);
    const streaming = isStreaming(path);
    const encoding = headers['grpc-encoding'];
    if (encoding !== undefined && encoding !== 'identity') return refuse(stream, path, NOT_READ);
    if (!streaming && isTooShort(headers, limits.deadline_margin_ms)) {
      return refuse(stream, path, LATE);
    }
    const { load } = connection;
    const shed = streaming ? guard.admitStream(load) : guard.admitCall(load);
    if (shed !== undefined) return refuse(stream, path, SHED[shed]);
    const watch = streaming ? watchStream : watchCall;
    watch(stream, { guard, connection });
    return true;
  };
}

/** Work that cannot be in time is not started. */
function isTooShort(headers: IncomingHttpHeaders, marginMs: number): boolean {
  const timeoutMs = readTimeoutMs(headers['grpc-timeout']);
  return timeoutMs !== undefined && timeoutMs <= marginMs;
}

/** Nobody else listens to a stream that the library does not see, and whoever broke it knows. */
function ignore(): void {
  return;
}

function ready(failure: CallFailure): ReadyRefusal {
  return { failure, trailers: trailersOf(failure) };
}
