import type { Server } from '@grpc/grpc-js';

import type { OpenCalls } from './open-calls';

/** Milliseconds that calls in flight have to end before they are cut: no orchestrator waits less than twice that. */
export const DEFAULT_DRAIN_MS = 10_000;

/**
 * Takes no new connections, lets calls in flight end, and settles when all is closed. Streams end as soon as
 * nothing comes in on them any more; what has not ended in time is cut, so that the process ends in any case.
 */
export async function drain(server: Server, calls: OpenCalls, timeoutMs: number): Promise<void> {
  calls.endWhenQuiet();
  await new Promise<void>((resolve) => {
    const cut = setTimeout(() => {
      server.forceShutdown();
      // The library does not tell when it has cut the last one.
      resolve();
    }, timeoutMs);
    server.tryShutdown(() => {
      clearTimeout(cut);
      resolve();
    });
  });
}
