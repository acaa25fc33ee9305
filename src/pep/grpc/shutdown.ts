import type { Server } from '@grpc/grpc-js';

import type { DecisionPoint } from '../../service/decision-point';
import type { OpenCalls } from './open-calls';

/** Milliseconds that calls in flight have to end before they are cut: no orchestrator waits less than twice that. */
export const DEFAULT_DRAIN_MS = 10_000;

/** Part of that time after which requests are refused that still come in on streams which never get quiet. */
const REFUSE_AFTER = 0.5;

/** What is drained, and how. */
export interface Draining {
  readonly calls: OpenCalls;
  /** The addresses that the server listens on, ports filled in. */
  readonly addresses: readonly string[];
  /** Answers with blocks in the end, so that clients turn to another instance before they are cut. */
  readonly point: DecisionPoint;
  readonly timeoutMs: number;
}

/**
 * Takes no new connections, lets calls in flight end, and settles when all is closed. Streams end as soon as
 * nothing comes in on them any more; what has not ended in time is cut, so that the process ends in any case.
 */
export async function drain(server: Server, draining: Draining): Promise<void> {
  const { calls, addresses, point, timeoutMs } = draining;
  calls.endWhenQuiet();
  const refusing = setTimeout(() => {
    point.refuseFurther();
  }, timeoutMs * REFUSE_AFTER);
  // Cuts by address: without channelz a forced shutdown knows no connections, and would leave them all open.
  for (const address of addresses) server.drain(address, timeoutMs);
  await new Promise<void>((resolve) => {
    server.tryShutdown(() => {
      resolve();
    });
  });
  clearTimeout(refusing);
}
