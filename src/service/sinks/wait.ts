import type { Timers } from '../../ports/timers';

/** A wait that somebody else may end. */
export interface OpenWait {
  end(): void;
  /** Resolves after so long, or once it is ended. */
  pause(delayMs: number): Promise<void>;
}

/** Creates a wait; one pause at a time. */
export function createWait(timers: Timers): OpenWait {
  let wake: (() => void) | undefined;
  return {
    end: () => wake?.(),
    pause: async (delayMs) => {
      await within(delayMs, new Promise<void>((resolve) => (wake = resolve)), timers);
      wake = undefined;
    },
  };
}

/** Waits for a promise, but not for longer than that. */
export async function within(ms: number, promise: Promise<void>, timers: Timers): Promise<void> {
  let cancel: (() => void) | undefined;
  const late = new Promise<void>((resolve) => {
    cancel = timers.after(ms, resolve);
  });
  await Promise.race([promise, late]);
  cancel?.();
}
