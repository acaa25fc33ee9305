/** Lets work that takes several turns of the event loop be done by one after another. */
export interface Turns {
  /** Begins once all who came before have ended. Undefined: too many wait already. */
  take<T>(work: () => Promise<T>): Promise<T> | undefined;
}

/** Creates turns at which so many may be at once, whoever works included. */
export function createTurns(most: number): Turns {
  let present = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (work) => {
      if (present >= most) return undefined;
      present += 1;
      const mine = last.then(work).finally(() => {
        present -= 1;
      });
      // Whoever comes next waits for the end of this work, and not for its success.
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
