import { orAborted } from '../../platform/or-aborted';
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
  readonly createDriver: () => SinkDriver;
  /** A second driver would write into what the first one still writes into, so that the first is waited for. */
  readonly isOnlyOne?: boolean;
}

/**
 * Holds a driver to what sinks promise: it rejects once the signal says so, whatever the driver does, is given a batch
 * only after it is done with the one before, and never says a secret. A driver that does not end what was given up, for
 * the whole time of another delivery, is left for a new one: else one promise that never settles would end the sink.
 */
export function createSink(parts: SinkParts): RecordSink {
  const closing = new AbortController();
  const line = new DriverLine(parts);
  return {
    name: parts.name,
    deliver: async (batch, signal) => {
      try {
        await line.send(batch, AbortSignal.any([signal, closing.signal]));
      } catch (error) {
        throw failureOf(error, parts.secrets);
      }
    },
    close: () => {
      closing.abort();
      line.end();
      return Promise.resolve();
    },
  };
}

/** A driver after the other, and what the present one still does. */
class DriverLine {
  private readonly parts: SinkParts;
  private driver: SinkDriver;
  private earlier: Promise<void> = Promise.resolve();

  constructor(parts: SinkParts) {
    this.parts = parts;
    this.driver = parts.createDriver();
  }

  async send(batch: readonly SinkRecord[], signal: AbortSignal): Promise<void> {
    await this.awaitEarlier(signal);
    const sending = this.driver.send(batch, signal);
    this.earlier = sending.catch(() => undefined);
    await orAborted(sending, signal);
  }

  end(): void {
    this.driver.end();
  }

  private async awaitEarlier(signal: AbortSignal): Promise<void> {
    try {
      await orAborted(this.earlier, signal);
    } catch (error) {
      if (this.parts.isOnlyOne !== true) this.replace();
      throw error;
    }
  }

  private replace(): void {
    this.driver.end();
    this.driver = this.parts.createDriver();
    this.earlier = Promise.resolve();
  }
}
