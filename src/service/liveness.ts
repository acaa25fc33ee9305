import type { HealthCheck } from '../ports/health-check';

/** Defects one after the other, without one decision between them, that only a restart can mend. */
const MAX_DEFECTS = 100;

/** Whether a restart would help. */
export interface Liveness {
  /** A decision was answered. */
  decided(): void;
  /** A defect was met. */
  failed(): void;
  checks(): readonly HealthCheck[];
}

/** Creates liveness that has seen nothing yet. That it can be asked at all shows that the event loop turns. */
export function createLiveness(): Liveness {
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
      defects < MAX_DEFECTS
        ? { name: 'decisions', state: 'ok' }
        : { name: 'decisions', state: 'failed', reason: 'every decision meets a defect' },
    ],
  };
}
