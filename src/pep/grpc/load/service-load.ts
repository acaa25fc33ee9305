import type { Socket } from 'node:net';

import type { Server } from '@grpc/grpc-js';

import type { ServiceLimits } from '../../../ports/service-limits';
import type { ConnectionShare, ShareLoad } from '../../socket-server';
import { peerOf } from '../peer';
import { boundWrites } from './bound-writes';
import type { HandlerScope } from './bound-writes';
import { guardServer } from './guard-server';
import { LoadGuard } from './load-guard';
import type { LoadStats, ShedReason } from './load-guard';
import { overloadFailure } from './refusals';
import type { ServerGuardParts } from './server-guard-parts';

/** The load of a whole service, over all its listeners. */
export interface ServiceLoad {
  /** Guards the connections of one server; call it before the server listens. */
  readonly guard: (server: Server, parts: Pick<ServerGuardParts, 'events' | 'denials'>) => void;
  /** Bounds what waits in a stream; call it before the stream's handler. */
  readonly boundWrites: (call: Parameters<typeof boundWrites>[0]) => void;
  /** Counts the connections of one listener that speaks something else. */
  readonly shareOf: (onSentAway: () => void) => ShareLoad;
  /** Says why one more request of an open stream is not to be looked at. */
  readonly shedRequest: () => ShedReason | undefined;
  readonly stats: () => LoadStats;
  readonly stop: () => void;
}

/** Creates the load of a service that does nothing yet. */
export function createServiceLoad(limits: ServiceLimits): ServiceLoad {
  const nowMs = (): number => performance.now();
  const scope: HandlerScope = { connection: undefined };
  const guard = new LoadGuard(limits, { nowMs, later });
  return {
    guard: (server, parts) => {
      guardServer(server, { guard, limits, nowMs, scope, ...parts });
    },
    boundWrites: (call) => {
      boundWrites(call, scope);
    },
    shareOf: (onSentAway) => {
      // Those who show no certificate are one client to the others of their listener.
      const strangers = {};
      return (socket) => shareWith(guard, { socket, strangers, onSentAway });
    },
    shedRequest: () => guard.shedRequest(),
    stats: () => guard.stats(),
    stop: () => {
      guard.stop();
    },
  };
}

function shareWith(
  guard: LoadGuard,
  parts: { readonly socket: Socket; readonly strangers: object; readonly onSentAway: () => void },
): ConnectionShare {
  const { socket, strangers, onSentAway } = parts;
  const sendAway = (): void => {
    onSentAway();
    socket.destroy();
  };
  const connection = guard.open(sendAway, peerOf(socket) ?? strangers);
  socket.once('close', () => {
    guard.close(connection);
  });
  return {
    admitCall: () => {
      const reason = guard.admitCall(connection);
      return reason === undefined ? undefined : { failure: overloadFailure(reason) };
    },
    settleCall: () => {
      guard.settleCall(connection);
    },
    hold: (bytes) => {
      guard.hold(connection, bytes);
    },
    release: (bytes) => {
      guard.release(connection, bytes);
    },
  };
}

function later(call: () => void, afterMs: number): () => void {
  const timer = setTimeout(call, afterMs).unref();
  return () => {
    clearTimeout(timer);
  };
}
