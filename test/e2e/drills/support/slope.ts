/** The value in the middle; 0 of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.trunc(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Pairs that are looked at for each value; all of them would be too many for a long series. */
const PAIRS_PER_VALUE = 200;

/**
 * The change from one value of a series to the next, by Theil and Sen: the median of the slopes between any two of
 * them, which a quarter of the values may miss by far without moving it.
 */
export function slopeOf(values: readonly number[]): number {
  const step = Math.max(1, Math.trunc(values.length / PAIRS_PER_VALUE));
  const slopes = values.flatMap((value, index) =>
    values
      .slice(index + 1)
      .flatMap((later, gap) => (gap % step === 0 ? [(later - value) / (gap + 1)] : [])),
  );
  return medianOf(slopes);
}
