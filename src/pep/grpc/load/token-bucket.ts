/** Allows so much at once, and so much over time. */
export interface TokenBucket {
  /** Takes one; false if there is none left. */
  take(nowMs: number): boolean;
  /** Gives one back, up to what it holds at most. */
  giveBack(): void;
}

const MS_PER_SECOND = 1000;

/** Creates a full bucket. */
export function createTokenBucket(burst: number, perSecond: number): TokenBucket {
  let tokens = burst;
  let filledAtMs: number | undefined;
  return {
    take: (nowMs) => {
      const elapsedMs = Math.max(0, nowMs - (filledAtMs ?? nowMs));
      tokens = Math.min(burst, tokens + (elapsedMs * perSecond) / MS_PER_SECOND);
      filledAtMs = nowMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    giveBack: () => {
      tokens = Math.min(burst, tokens + 1);
    },
  };
}
