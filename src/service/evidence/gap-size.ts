import type { GapCounts } from '../../ports/trail';

/** How much a gap says is missing. */
export interface GapSize {
  /** Records that were counted. */
  readonly counted: number;
  /** Reasons for which others are missing that nobody could count. */
  readonly uncounted: number;
}

/** Adds up what is missing. A reason without a number is never taken for none. */
export function gapSize(counts: GapCounts): GapSize {
  const each = Object.values(counts);
  const known = each.filter((count) => count !== null);
  return {
    counted: known.reduce((sum, count) => sum + count, 0),
    uncounted: each.length - known.length,
  };
}
