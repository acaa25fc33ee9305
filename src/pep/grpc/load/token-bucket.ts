/** Allows so much at once, and so much over time. */
export interface TokenBucket {
  /** Takes one; false if there is none left. */
  take(nowMs: number): boolean;
  /** Gives one back, up to what may be earned at most. */
  giveBack(): void;
}

const MS_PER_SECOND = 1000;

/** Creates a bucket that holds `burst`, is filled up to that by time, and up to `earned` by what is given back. */
export function createTokenBucket(burst: number, perSecond: number, earned = burst): TokenBucket {
  let tokens = burst;
  let filledAtMs: number | undefined;
  return {
    take: (nowMs) => {
      const elapsedMs = Math.max(0, nowMs - (filledAtMs ?? nowMs));
      const filled = Math.min(burst, tokens + (elapsedMs * perSecond) / MS_PER_SECOND);
      tokens = Math.max(tokens, filled);
      filledAtMs = nowMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    giveBack: () => {
      tokens = Math.min(earned, tokens + 1);
    },
  };
}
