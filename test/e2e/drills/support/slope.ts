/** How a series goes on average, whatever single values do. */
export interface Trend {
  /** Change from one value to the next. */
  readonly slope: number;
  /** How far values lie from the line: the median of the distances. */
  readonly noise: number;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.trunc(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Pairs that are looked at for each value; all of them would be too many for a long series. */
const PAIRS_PER_VALUE = 200;

/**
 * The line through a series by Theil and Sen: the median of the slopes between its values, which a third of them may
 * miss by far without moving it.
 */
export function trendOf(values: readonly number[]): Trend {
  const step = Math.max(1, Math.trunc(values.length / PAIRS_PER_VALUE));
  const slopes = values.flatMap((value, index) =>
    values
      .slice(index + 1)
      .flatMap((later, gap) => (gap % step === 0 ? [(later - value) / (gap + 1)] : [])),
  );
  const slope = medianOf(slopes);
  const rests = values.map((value, index) => value - slope * index);
  const middle = medianOf(rests);
  return { slope, noise: medianOf(rests.map((rest) => Math.abs(rest - middle))) };
}
