/** What a feed may take and how long it waits. */
export interface FeedLimits {
  /** Most records of a batch. */
  readonly maxRecords: number;
  /** Most characters of a batch's records together; a single record may have more. */
  readonly maxChars: number;
  /** The longest wait for one delivery. */
  readonly deliverMs: number;
  /** The wait after the first failure; it doubles with each further one. */
  readonly firstRetryMs: number;
  /** The longest wait between two attempts. */
  readonly maxRetryMs: number;
  /** How long a feed that closes goes on to deliver what the trail has. */
  readonly drainMs: number;
  /** How long it then waits for a delivery to end that was given up, and for the sink to close. */
  readonly closeMs: number;
}

/**
 * A batch is large enough that a round trip does not bound what flows, and small enough that one for each sink is
 * nothing beside what the service holds. Draining ends well within the 30 s that orchestrators give.
 */
export const FEED_LIMITS: FeedLimits = {
  maxRecords: 500,
  maxChars: 1_000_000,
  deliverMs: 30_000,
  firstRetryMs: 250,
  maxRetryMs: 30_000,
  drainMs: 5_000,
  closeMs: 1_000,
};

/**
 * The wait before the next attempt, at least half of what it would be without chance: so that many instances do not
 * come back to a server at once. `chance` is in [0, 1).
 */
export function retryDelayMs(attempt: number, chance: number, limits: FeedLimits): number {
  const longestMs = Math.min(limits.maxRetryMs, limits.firstRetryMs * 2 ** (attempt - 1));
  return Math.round((longestMs * (1 + chance)) / 2);
}
