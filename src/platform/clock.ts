import type { Clock } from '../ports/clock';

/**
 * A clock that never runs backwards (L11), and goes on where the system's is set back: else claims would stay in
 * force, and sources fresh, for as long as it was set back by. Both times are in milliseconds; `elapsedMs` must
 * only grow.
 */
export function createClock(
  systemNowMs: () => number = Date.now,
  elapsedMs: () => number = () => performance.now(),
): Clock {
  let latestMs = 0;
  let latestElapsedMs = elapsedMs();
  return {
    nowMs: () => {
      const elapsed = elapsedMs();
      latestMs = Math.max(systemNowMs(), Math.floor(latestMs + elapsed - latestElapsedMs));
      latestElapsedMs = elapsed;
      return latestMs;
    },
  };
}
