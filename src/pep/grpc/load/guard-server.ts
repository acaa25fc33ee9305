import type {
  Http2Server,
  IncomingHttpHeaders,
  ServerHttp2Session,
  ServerHttp2Stream,
} from 'node:http2';

import type { Server, ServerOptions } from '@grpc/grpc-js';

import type { ServiceLimits } from '../../../ports/service-limits';
import { gateOf } from '../frames/gated-socket';
import { peerOf } from '../peer';
import { createFrameJudges } from './frame-judge';
import { internalsOf, takeStreams } from './grpc-internals';
import type { GrpcInternals } from './grpc-internals';
import { keepSession } from './open-sessions';
import { guardConnection } from './guarded-connection';
import type { GuardedConnection } from './guarded-connection';
import type { GuardedWire } from './guarded-wire';
import { createMethods } from './guarded-method';
import type { ServerGuardParts } from './server-guard-parts';
import { createStreamGate } from './stream-gate';

/**
 * Bytes of headers that are read at all: what Node takes unless told otherwise, and more than proxies take of their
 * own clients. Beyond it Node resets a call; what is below and too much still gets an answer.
 */
const READ_HEADER_BYTES = 65_535;

/** Milliseconds between two looks for what never ends. */
const SWEEP_EVERY_MS = 1000;

const BYTES_PER_MEGABYTE = 1_000_000;

/** Milliseconds after which a connection on which nothing comes is asked whether it is still there, and given up. */
const KEEPALIVE_TIME_MS = 60_000;
const KEEPALIVE_TIMEOUT_MS = 20_000;

/** The part of the limits that the gRPC library keeps. */
export function transportOptions(limits: ServiceLimits): ServerOptions {
  return {
    'grpc.max_concurrent_streams': limits.calls_per_connection,
    'grpc.keepalive_time_ms': KEEPALIVE_TIME_MS,
    'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
    'grpc-node.max_session_memory': Math.ceil(limits.session_memory_bytes / BYTES_PER_MEGABYTE),
  };
}

/** Guards every connection that a server will have; call it before the server listens anywhere. */
export function guardServer(server: Server, parts: ServerGuardParts): void {
  const internals = internalsOf(server);
  const { commonServerOptions } = internals;
  commonServerOptions.settings = {
    ...commonServerOptions.settings,
    maxHeaderListSize: READ_HEADER_BYTES,
  };
  const create = internals.createHttp2Server.bind(server);
  internals.createHttp2Server = (credentials) => {
    const http2Server = create(credentials);
    guardHttp2Server(http2Server, internals, parts, (session, wire) => {
      keepSession(server, session, wire);
    });
    return http2Server;
  };
}

/**
 * An error holds all that its stack was called on until somebody reads it: here the native session, which in turn holds the
 * error for as long as the client has not acknowledged the settings, so that neither would ever be freed.
 */
function releaseFrames(error: Error): void {
  Reflect.get(error, 'stack');
}

type OnStream = (
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  flags: number,
  rawHeaders: readonly string[],
) => void;

function guardHttp2Server(
  http2Server: Http2Server,
  { handlers }: GrpcInternals,
  parts: ServerGuardParts,
  onSession: (session: ServerHttp2Session, wire: GuardedWire) => void,
): void {
  const connections = new Map<ServerHttp2Session, GuardedConnection>();
  const methodOf = createMethods(parts, (path) => handlers.get(path)?.type);
  const judgeFor = createFrameJudges(parts, { paths: () => handlers.keys(), methodOf });
  http2Server.on('session', (session) => {
    const { guard, limits, nowMs, events } = parts;
    const gated = gateOf(session);
    onSession(session, gated);
    const connection = guardConnection(session, {
      guard,
      limits,
      nowMs,
      owner: peerOf(session.socket) ?? http2Server,
      onSentAway: events.onSentAway,
      wire: gated,
    });
    gated.judgeBy(judgeFor(session, connection));
    connections.set(session, connection);
    session.once('error', releaseFrames);
    session.once('close', () => {
      connections.delete(session);
      connection.close();
    });
  });
  const sweep = setInterval(() => {
    for (const connection of connections.values()) connection.sweep(parts.nowMs());
  }, SWEEP_EVERY_MS).unref();
  http2Server.once('close', () => {
    clearInterval(sweep);
  });
  const gate = createStreamGate(parts, methodOf);
  takeStreams<OnStream>(http2Server, (original) => (stream, headers, flags, rawHeaders) => {
    const { session } = stream;
    const connection = session && connections.get(session as ServerHttp2Session);
    // Where the connection has gone meanwhile, the library finds that out itself.
    if (connection !== undefined && !gate(stream, headers, rawHeaders, connection)) return;
    parts.scope.connection = connection;
    original.call(http2Server, stream, headers, flags, rawHeaders);
    parts.scope.connection = undefined;
  });
}
