import type { Timers } from '../../ports/timers';
import type { SpanCounts } from '../../ports/tracing';
import { orAborted } from '../or-aborted';
import type { SpanRecord } from './span-record';

/** Spans of calls that wait at most; each takes about a kilobyte. */
const MAX_WAITING = 2048;

/** Spans of calls that are sent at once. */
const MAX_BATCH = 256;

/** Milliseconds that a span waits for others. */
const GATHER_MS = 1000;

/** Milliseconds until a receiver that failed is tried again. */
const PAUSE_MS = 5000;

/** What a queue sends with. */
export interface SpanQueueParts {
  /** Sends a batch, and gives the number of spans that the receiver did not take. Not waited for once the signal is given. */
  readonly send: (batch: readonly SpanRecord[], signal: AbortSignal) => Promise<number>;
  /** Milliseconds that a batch may take. */
  readonly timeoutMs: number;
  readonly timers: Timers;
  /** Told when sending begins to fail, with the reason, and when it succeeds again. */
  readonly onProblem: (problem: string | undefined) => void;
}

/** Spans that wait to be sent, never more than there is room for. */
export interface SpanQueue {
  /** Takes a span, or counts it as lost. Never throws or waits. */
  add(record: SpanRecord): void;
  counts(): SpanCounts;
  /** Sends what waits, within milliseconds; what is left then is lost. Never rejects. */
  stop(timeoutMs: number): Promise<void>;
}

/** Creates an empty queue. One batch is under way at a time, and one that fails is not sent again. */
export function createSpanQueue(parts: SpanQueueParts): SpanQueue {
  return new SpanSender(parts);
}

class SpanSender implements SpanQueue {
  private readonly parts: SpanQueueParts;
  private readonly giveUp = new AbortController();
  private waiting: SpanRecord[] = [];
  private sending: Promise<void> | undefined;
  private cancelTimer: (() => void) | undefined;
  private isPausing = false;
  private isStopped = false;
  private sent = 0;
  private lost = 0;
  private problem: string | undefined;

  constructor(parts: SpanQueueParts) {
    this.parts = parts;
  }

  add(record: SpanRecord): void {
    if (this.isStopped || this.waiting.length >= MAX_WAITING) {
      this.lost += sizeOf(record);
      return;
    }
    this.waiting.push(record);
    this.plan();
  }

  counts(): SpanCounts {
    return { sent: this.sent, lost: this.lost };
  }

  async stop(timeoutMs: number): Promise<void> {
    this.isStopped = true;
    this.cancelTimer?.();
    const cancel = this.parts.timers.after(timeoutMs, () => {
      this.giveUp.abort();
    });
    await this.sending;
    while (this.waiting.length > 0 && !this.giveUp.signal.aborted && this.problem === undefined)
      await this.sendBatch();
    cancel();
    this.lost += sizeOfAll(this.waiting);
    this.waiting = [];
  }

  /** Sends soon, or later, unless that is planned already. */
  private plan(): void {
    if (this.sending !== undefined || this.isPausing) return;
    if (this.waiting.length >= MAX_BATCH) this.start();
    else this.cancelTimer ??= this.after(GATHER_MS);
  }

  private after(delayMs: number): () => void {
    return this.parts.timers.after(delayMs, () => {
      this.start();
    });
  }

  private start(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.isPausing = false;
    this.sending = this.sendBatch().then(() => {
      this.sending = undefined;
      if (this.isStopped) return;
      this.isPausing = this.problem !== undefined;
      if (this.isPausing) this.cancelTimer = this.after(PAUSE_MS);
      else if (this.waiting.length > 0) this.plan();
    });
  }

  private async sendBatch(): Promise<void> {
    const batch = this.waiting.splice(0, MAX_BATCH);
    if (batch.length === 0) return;
    const size = sizeOfAll(batch);
    const signal = AbortSignal.any([this.giveUp.signal, AbortSignal.timeout(this.parts.timeoutMs)]);
    try {
      const refused = Math.min(size, await orAborted(this.parts.send(batch, signal), signal));
      this.sent += size - refused;
      this.lost += refused;
      this.tell(refused === 0 ? undefined : `it rejected ${String(refused)} spans`);
    } catch (error) {
      this.lost += size;
      this.tell(signal.aborted ? 'it did not answer in time' : reasonOf(error));
    }
  }

  private tell(problem: string | undefined): void {
    const isChange = (problem === undefined) !== (this.problem === undefined);
    this.problem = problem;
    if (isChange) this.parts.onProblem(problem);
  }
}

/** The span of the call itself, and those of its steps. */
function sizeOf({ steps }: SpanRecord): number {
  return 1 + steps.length;
}

function sizeOfAll(records: readonly SpanRecord[]): number {
  return records.reduce((sum, record) => sum + sizeOf(record), 0);
}

/** Told by shape, because errors cross realms. A name with several addresses fails with a code and no words. */
function reasonOf(error: unknown): string {
  const { message, code } = (error ?? {}) as {
    readonly message?: unknown;
    readonly code?: unknown;
  };
  const said = [message, code].find((each) => typeof each === 'string' && each !== '');
  return typeof said === 'string' ? said : 'it failed without saying why';
}
