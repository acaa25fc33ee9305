/** Calls that are counted as in flight before their streams are there, by the ids of those. */
export interface ExpectedCalls {
  /** A call was counted. */
  add(streamId: number): void;
  /** True, once, for the stream of such a call, which counts it from now on. */
  take(streamId: number): boolean;
}

/**
 * Creates what no call is in. HTTP/2 makes their streams before the event loop has gone round, or not at all where it does
 * not take their headers or holds them back; `giveUp` is told of each of those then.
 */
export function createExpectedCalls(giveUp: () => void): ExpectedCalls {
  const expected = new Set<number>();
  const giveUpRest = (): void => {
    expected.forEach(giveUp);
    expected.clear();
  };
  return {
    add: (streamId) => {
      if (expected.size === 0) setImmediate(giveUpRest);
      expected.add(streamId);
    },
    take: (streamId) => expected.delete(streamId),
  };
}
