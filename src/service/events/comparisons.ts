import type { AccessChange } from '../../ports/compare-bundles';

/** One comparison that is wanted. */
export interface Comparison {
  /** Begins it. May throw or reject: then nobody knows what it would have found. */
  readonly compare: () => Promise<AccessChange>;
  /** Is called exactly once, with what was found, or that nothing was. */
  readonly told: (access: AccessChange) => void;
}

/** Compares one pair after the other, so that it takes the memory of one. */
export interface Comparisons {
  /** Begins it, or lets it wait until the one under way ends. Of those that wait only the newest is kept. */
  want(comparison: Comparison): void;
  /** Tells of all that has not ended that nothing is known. What ends or is wanted later has come too late. */
  close(): void;
}

const NOT_COMPARED = { known: false, why: 'not_compared' } as const;

/** Creates what compares; exceptions are told as defects. */
export function createComparisons(onDefect: (error: unknown) => void): Comparisons {
  let running: Comparison | undefined;
  let waiting: Comparison | undefined;
  let isClosed = false;
  const end = (comparison: Comparison, access: AccessChange): void => {
    // Closing has told of it.
    if (comparison !== running) return;
    running = undefined;
    comparison.told(access);
    const next = waiting;
    waiting = undefined;
    if (next !== undefined) begin(next);
  };
  const begin = (comparison: Comparison): void => {
    running = comparison;
    const found = Promise.resolve()
      .then(comparison.compare)
      .catch((error: unknown) => {
        onDefect(error);
        return NOT_COMPARED;
      });
    void found.then((access) => {
      end(comparison, access);
    });
  };
  return {
    want: (comparison) => {
      if (isClosed) comparison.told(NOT_COMPARED);
      else if (running === undefined) begin(comparison);
      else {
        waiting?.told(NOT_COMPARED);
        waiting = comparison;
      }
    },
    close: () => {
      isClosed = true;
      const open = [running, waiting];
      [running, waiting] = [undefined, undefined];
      for (const comparison of open) comparison?.told(NOT_COMPARED);
    },
  };
}
