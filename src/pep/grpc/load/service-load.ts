import type { Server } from '@grpc/grpc-js';

import type { ServiceLimits } from '../../../ports/service-limits';
import { boundWrites } from './bound-writes';
import type { HandlerScope } from './bound-writes';
import { guardServer } from './guard-server';
import { LoadGuard } from './load-guard';
import type { LoadStats, ShedReason } from './load-guard';
import type { ServerGuardParts } from './server-guard-parts';

/** The load of a whole service, over all its listeners. */
export interface ServiceLoad {
  /** Guards the connections of one server; call it before the server listens. */
  readonly guard: (server: Server, parts: Pick<ServerGuardParts, 'events' | 'denials'>) => void;
  /** Bounds what waits in a stream; call it before the stream's handler. */
  readonly boundWrites: (call: Parameters<typeof boundWrites>[0]) => void;
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
    shedRequest: () => guard.shedRequest(),
    stats: () => guard.stats(),
    stop: () => {
      guard.stop();
    },
  };
}

function later(call: () => void, afterMs: number): () => void {
  const timer = setTimeout(call, afterMs).unref();
  return () => {
    clearTimeout(timer);
  };
}
