import { POLL_INTERVAL_MS, SETTLE_AT_MOST_MS, SETTLE_MS } from './limits';

/** Decides when to look: regularly, and soon after an event. Looks never overlap. */
export interface ChangeTimer {
  /** Something happened: look once it is quiet, or after a while if it is not. */
  readonly soon: () => void;
  readonly close: () => void;
}

interface TimerState {
  pending: NodeJS.Timeout | undefined;
  /** When the first of the events since the last look came. */
  firstEventMs: number | undefined;
  looking: boolean;
  closed: boolean;
}

/** Creates a timer and starts it. `look` must not reject. It does not keep the process alive by itself. */
export function createChangeTimer(look: () => Promise<void>): ChangeTimer {
  const state: TimerState = {
    pending: undefined,
    firstEventMs: undefined,
    looking: false,
    closed: false,
  };
  const schedule = (delayMs: number): void => {
    clearTimeout(state.pending);
    if (state.closed) return;
    state.pending = setTimeout(run, delayMs).unref();
  };
  const run = (): void => {
    if (state.looking) return;
    state.looking = true;
    state.firstEventMs = undefined;
    void look().finally(() => {
      state.looking = false;
      // An event during the look may concern what was read already.
      schedule(state.firstEventMs === undefined ? POLL_INTERVAL_MS : SETTLE_MS);
    });
  };
  schedule(POLL_INTERVAL_MS);
  return {
    soon: () => {
      const nowMs = performance.now();
      state.firstEventMs ??= nowMs;
      const leftMs = SETTLE_AT_MOST_MS - (nowMs - state.firstEventMs);
      if (!state.looking) schedule(Math.max(0, Math.min(SETTLE_MS, leftMs)));
    },
    close: () => {
      state.closed = true;
      clearTimeout(state.pending);
    },
  };
}
