import type { HealthCheck } from '../ports/health-check';

/** Defects one after the other, without one decision between them, after which a decision is tried. */
const MAX_DEFECTS = 100;

/** Whether a restart would help. */
export interface Liveness {
  /** A decision was answered. */
  readonly decided: () => void;
  /** A defect was met. */
  readonly failed: () => void;
  readonly checks: () => readonly HealthCheck[];
}

/**
 * Creates liveness that has seen nothing yet. That it can be asked at all shows that the event loop turns. `canDecide`
 * tries a decision: a client that knows how to meet a defect must not be able to have the process restarted.
 */
export function createLiveness(canDecide: () => boolean): Liveness {
  let defects = 0;
  return {
    decided: () => {
      defects = 0;
    },
    failed: () => {
      defects += 1;
    },
    checks: () => [
      { name: 'event_loop', state: 'ok' },
      defects < MAX_DEFECTS || canDecide()
        ? { name: 'decisions', state: 'ok' }
        : { name: 'decisions', state: 'failed', reason: 'every decision meets a defect' },
    ],
  };
}
