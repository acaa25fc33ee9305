import type { Clock } from '../ports/clock';

/** A clock that never runs backwards, even where the system's is set back: expired stays expired (L11). */
export function createClock(systemNowMs: () => number = Date.now): Clock {
  let latestMs = 0;
  return {
    nowMs: () => {
      latestMs = Math.max(latestMs, systemNowMs());
      return latestMs;
    },
  };
}
