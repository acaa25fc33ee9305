import type { Timers } from '../ports/timers';

/** Those of the process. None of them keeps it running. */
export const processTimers: Timers = {
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs).unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
