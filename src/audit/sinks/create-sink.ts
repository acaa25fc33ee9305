import type { RecordSink, SinkRecord } from '../../ports/record-sink';
import { failureOf } from './failure';

/** The part of a sink that knows where records go. */
export interface SinkDriver {
  /** As `RecordSink.deliver`, with errors of any words. One call at a time. After a failure it begins anew. */
  send(batch: readonly SinkRecord[], signal: AbortSignal): Promise<void>;
  /** Frees everything at once. */
  end(): void;
}

/** What makes a sink of a driver. */
export interface SinkParts {
  readonly name: string;
  /** What must never stand in a message. */
  readonly secrets: readonly string[];
  readonly driver: SinkDriver;
}

/**
 * Holds a driver to what sinks promise: it rejects once the signal says so, whatever the driver does, is given a batch
 * only after it is done with the one before, and never says a secret.
 */
export function createSink({ name, secrets, driver }: SinkParts): RecordSink {
  const closing = new AbortController();
  let earlier = Promise.resolve();
  const send = async (batch: readonly SinkRecord[], signal: AbortSignal): Promise<void> => {
    await orAborted(earlier, signal);
    const sending = driver.send(batch, signal);
    earlier = sending.catch(() => undefined);
    await orAborted(sending, signal);
  };
  return {
    name,
    deliver: async (batch, signal) => {
      try {
        await send(batch, AbortSignal.any([signal, closing.signal]));
      } catch (error) {
        throw failureOf(error, secrets);
      }
    },
    close: () => {
      closing.abort();
      driver.end();
      return Promise.resolve();
    },
  };
}

/** Settles as the promise does, or rejects once the signal is given. */
async function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => {
      reject(new Error('the delivery was given up: it took too long, or the sink closed'));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}
