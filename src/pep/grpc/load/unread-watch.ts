import type { GuardedWire } from './guarded-wire';

/** Bytes a second of answers that a client takes at least, as long as some wait for it. */
const SLOWEST_BYTES_PER_SECOND = 32 * 1024;

/** Bytes of answers that may wait as long as others are taken: a stream that is read now and then is no offence, and holds little. */
const FEW_BYTES = 1024 * 1024;

/** Watches what a client leaves lie. */
export interface UnreadWatch {
  /** Bytes of answers wait to be taken. */
  hold(bytes: number): void;
  /** They were taken, or nobody is left to take them. */
  release(bytes: number): void;
  /** Looks, once a second: since when too little is taken; undefined: it is enough. */
  look(nowMs: number): number | undefined;
}

/** Tells since when a client has taken nothing of the answers, or of refusals, that wait for it. */
export function createUnreadWatch(wire: GuardedWire): UnreadWatch {
  let waitingBytes = 0;
  let lastTaken = 0;
  let lastSent = 0;
  let lastWaiting = 0;
  let isMoving = false;
  const taking = createPace();
  const sending = createPace();
  let sinceMs: number | undefined;
  return {
    hold: (bytes) => {
      waitingBytes += bytes;
    },
    release: (bytes) => {
      waitingBytes -= bytes;
      isMoving = true;
    },
    look: (nowMs) => {
      const { takenBytes, sentBytes } = wire;
      const isTaken = taking({
        dueBytes: SLOWEST_BYTES_PER_SECOND,
        bytes: takenBytes - lastTaken,
        waitingBytes: isMoving && waitingBytes <= FEW_BYTES ? 0 : waitingBytes,
      });
      const isSent = sending({
        dueBytes: Math.min(lastWaiting, SLOWEST_BYTES_PER_SECOND),
        bytes: sentBytes - lastSent,
        waitingBytes: wire.waitingBytes,
      });
      if (isSent && isTaken) sinceMs = undefined;
      else sinceMs ??= nowMs;
      lastTaken = takenBytes;
      lastSent = sentBytes;
      lastWaiting = wire.waitingBytes;
      isMoving = false;
      return sinceMs;
    },
  };
}

/**
 * Compares, look after look, what was due with what was taken: what was too little is to be made up for, as long as so much
 * still waits, and what was more is not kept.
 */
function createPace(): (pace: {
  dueBytes: number;
  bytes: number;
  waitingBytes: number;
}) => boolean {
  let missingBytes = 0;
  return ({ dueBytes, bytes, waitingBytes }) => {
    missingBytes = Math.min(waitingBytes, Math.max(0, missingBytes + dueBytes - bytes));
    return missingBytes === 0;
  };
}
