import type { ServerDuplexStream } from '@grpc/grpc-js';

import type { Soon } from '../../service/soon';
import { holdReading, releaseReading } from './held-reading';

/** Answers of one stream that may be waited for at once: beyond it, no further request is read from its client. */
export const MAX_WAITING = 256;

/** What waits, by stream, so that a shutdown does not end one whose answers are still to come. */
const OPEN = new WeakMap<object, number>();

/** True if answers of this stream are still to come. */
export function isWaiting(stream: object): boolean {
  return (OPEN.get(stream) ?? 0) > 0;
}

/** The answers of one stream that are still to come, such as those that are recorded first. */
export interface WaitingAnswers {
  /** Goes on once a value is there, which never rejects. */
  for<T>(soon: Soon<T>, next: (value: T) => void): void;
  /** Ends the stream after the last one. */
  endAfterwards(): void;
}

type Stream = Pick<ServerDuplexStream<unknown, unknown>, 'end' | 'pause' | 'resume'>;

/** Creates the list of a stream, with nothing on it. */
export function createWaitingAnswers(stream: Stream): WaitingAnswers {
  let [open, isEnding] = [0, false];
  const count = (change: 1 | -1): void => {
    open += change;
    OPEN.set(stream, open);
  };
  const settle = (): void => {
    count(-1);
    if (open < MAX_WAITING) releaseReading(stream, 'answers waited for');
    if (isEnding && open === 0) stream.end();
  };
  return {
    for: (soon, next) => {
      if (!(soon instanceof Promise)) {
        next(soon);
        return;
      }
      count(1);
      if (open >= MAX_WAITING) holdReading(stream, 'answers waited for');
      void soon.then(next).finally(settle);
    },
    endAfterwards: () => {
      isEnding = true;
      if (open === 0) stream.end();
    },
  };
}
