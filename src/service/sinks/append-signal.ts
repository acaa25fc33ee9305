/** Tells that a trail has new lines: the trail's writer calls, feeds listen. */
export interface AppendSignal {
  readonly ring: () => void;
  /** Calls after each ring; answers with what ends that. */
  readonly onAppended: (listener: () => void) => () => void;
}

/** Creates one that nobody listens to yet. It is there before the trail, which is opened with it. */
export function createAppendSignal(): AppendSignal {
  const listeners = new Set<() => void>();
  return {
    ring: () => {
      for (const listener of listeners) listener();
    },
    onAppended: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
