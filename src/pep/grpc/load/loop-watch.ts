/** Tells whether the event loop has been late for longer than one stall, such as a reload, makes it. */
export interface LoopWatch {
  /** Work has come in, so that the loop is worth looking at. */
  touch(): void;
  /** How late the last look was. */
  delayMs(): number;
  /** How often in a row the loop was late; it counts down as soon as the loop is in time again. */
  lateLooks(): number;
  close(): void;
}

/** Milliseconds between two looks. */
const LOOK_EVERY_MS = 50;

/** Looks that are counted at most, so that a long overload is not remembered for long. */
const MAX_LATE_LOOKS = 8;

/** What a watch needs of the world. */
export interface LoopWatchParts {
  readonly limitMs: number;
  readonly nowMs: () => number;
  /** Calls back after the time, without keeping the process; returns what takes that back. */
  readonly later: (call: () => void, afterMs: number) => () => void;
}

/** Creates a watch that looks only while there is work, so that an idle service sleeps. */
export function createLoopWatch({ limitMs, nowMs, later }: LoopWatchParts): LoopWatch {
  let cancel: (() => void) | undefined;
  let isTouched = false;
  let delayMs = 0;
  let lateLooks = 0;
  const lookLater = (): void => {
    const dueMs = nowMs() + LOOK_EVERY_MS;
    isTouched = false;
    cancel = later(() => {
      look(Math.max(0, nowMs() - dueMs));
    }, LOOK_EVERY_MS);
  };
  const look = (lateMs: number): void => {
    delayMs = lateMs;
    if (lateMs > limitMs) lateLooks = Math.min(MAX_LATE_LOOKS, lateLooks + 1);
    else if (lateMs <= limitMs / 2) lateLooks >>= 1;
    cancel = undefined;
    if (isTouched || lateLooks > 0) lookLater();
    else delayMs = 0;
  };
  return {
    touch: () => {
      isTouched = true;
      if (cancel === undefined) lookLater();
    },
    delayMs: () => delayMs,
    lateLooks: () => lateLooks,
    close: () => {
      cancel?.();
    },
  };
}
