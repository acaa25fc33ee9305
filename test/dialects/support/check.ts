import fc from 'fast-check';
import { runs, SEED } from '../../laws/support/runs';

/** Checks a property; `count`, times what the environment says, is how often it runs. */
export function check<T>(
  arbitrary: fc.Arbitrary<T>,
  count: number,
  holds: (value: T) => void,
): void {
  fc.assert(fc.property(arbitrary, holds), { numRuns: runs(count), seed: SEED });
}

/** How much of a whole is left, by which properties about deciding count what they met. */
export function shareLeft(left: readonly unknown[], all: readonly unknown[]): string {
  if (left.length === 0) return 'nothing';
  return left.length === all.length ? 'all' : 'some';
}
