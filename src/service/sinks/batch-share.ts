import type { FeedLimits } from './feed-limits';

/** The smallest share: a batch of one record. */
const LEAST = 1 / 1024;

/** What a batch that arrived makes of the next one: slowly more, since one that is too large costs the time of a delivery. */
const GROWTH = 1.125;

/**
 * How much of what a batch may have the next one has. A sink that takes less than a whole batch in the time of a delivery
 * would be sent the same batch again and again, and never get on; so each failure halves it.
 */
export class BatchShare {
  private share = 1;

  delivered(): void {
    this.share = Math.min(1, this.share * GROWTH);
  }

  failed(): void {
    this.share = Math.max(LEAST, this.share / 2);
  }

  /** The limits for the next batch. */
  of(limits: FeedLimits): FeedLimits {
    const { maxRecords, maxChars } = limits;
    return {
      ...limits,
      maxRecords: Math.ceil(maxRecords * this.share),
      maxChars: Math.ceil(maxChars * this.share),
    };
  }
}
