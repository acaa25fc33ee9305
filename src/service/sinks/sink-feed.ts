import type { RecordSink, SinkRecord } from '../../ports/record-sink';
import type { RecordSource } from '../../ports/record-source';
import type { CursorStore } from '../../ports/sink-cursors';
import type { SinkProgress, SinkReports, SinkState } from '../../ports/sink-reports';
import type { Timers } from '../../ports/timers';
import { BatchShare } from './batch-share';
import { createBell } from './bell';
import type { Bell } from './bell';
import { FEED_LIMITS, retryDelayMs } from './feed-limits';
import type { FeedLimits } from './feed-limits';
import { Position } from './position';
import { readBatch } from './read-batch';
import { createWait, within } from './wait';
import type { OpenWait } from './wait';

/** What a feed is made of. */
export interface FeedParts {
  readonly sink: RecordSink;
  readonly source: RecordSource;
  readonly cursors: CursorStore;
  readonly reports: SinkReports;
  readonly timers: Timers;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly limits?: Partial<FeedLimits>;
}

/** Brings the records of a trail to one sink, each at least once and in order, beside all decisions. */
export interface SinkFeed {
  state(): SinkState;
  /** Delivers what the trail has, ends what takes too long, and closes the sink. Takes a bounded time; never rejects. */
  close(): Promise<void>;
}

/** Starts a feed behind the sink's cursor. It holds one batch at most, and whatever fails is tried until it goes well. */
export function startSinkFeed(parts: FeedParts): SinkFeed {
  const feed = new Feed(parts);
  const ended = feed.run();
  return {
    state: () => feed.state(),
    close: () => feed.close(ended),
  };
}

class Feed {
  private readonly parts: FeedParts;
  private readonly limits: FeedLimits;
  private readonly position: Position;
  private readonly appended: Bell = createBell();
  private readonly retry: OpenWait;
  private readonly forget: () => void;
  private readonly share = new BatchShare();
  private failures = 0;
  private lastProblem: string | undefined;
  /** Closing in two steps: what the trail has is still delivered, then nothing is. */
  private phase: 'open' | 'draining' | 'over' = 'open';
  /** Ends the delivery that is under way. */
  private giveUp: (() => void) | undefined;

  constructor(parts: FeedParts) {
    this.parts = parts;
    this.limits = { ...FEED_LIMITS, ...parts.limits };
    this.position = new Position(parts.cursors, parts.sink.name);
    this.retry = createWait(parts.timers);
    this.forget = parts.source.onAppended(() => {
      this.appended.ring();
    });
  }

  state(): SinkState {
    const { lastProblem, parts } = this;
    const known = lastProblem === undefined ? {} : { lastProblem };
    return { sink: parts.sink.name, ...this.progress(), ...known };
  }

  async run(): Promise<void> {
    while (this.phase !== 'over') {
      try {
        const hasMoved = await this.step();
        this.failures = 0;
        this.lastProblem = undefined;
        if (hasMoved) continue;
        if (this.phase !== 'open') return;
        await this.appended.wait();
      } catch (error) {
        await this.pauseAfter(error);
      }
    }
  }

  async close(ended: Promise<void>): Promise<void> {
    const { sink, timers } = this.parts;
    this.forget();
    this.enter('draining');
    await within(this.limits.drainMs, ended, timers);
    this.enter('over');
    this.giveUp?.();
    await within(this.limits.closeMs, ended, timers);
    await within(this.limits.closeMs, sink.close(), timers);
  }

  private enter(phase: 'draining' | 'over'): void {
    this.phase = phase;
    this.appended.ring();
    this.retry.end();
  }

  /** Brings one batch over; false: there was none. Whatever it did not finish, the next call does. */
  private async step(): Promise<boolean> {
    const position = await this.position.settle();
    const batch = await readBatch(this.parts.source, position, this.share.of(this.limits));
    const last = batch.at(-1);
    if (last === undefined) return false;
    await this.deliver(batch);
    this.share.delivered();
    await this.position.moveTo(last.sequence);
    this.parts.reports.delivered(this.parts.sink.name, this.progress());
    return true;
  }

  private async deliver(batch: readonly SinkRecord[]): Promise<void> {
    if (this.phase === 'over') throw new Error('the feed is closed');
    const controller = new AbortController();
    this.giveUp = () => {
      controller.abort();
    };
    const cancel = this.parts.timers.after(this.limits.deliverMs, this.giveUp);
    try {
      await this.parts.sink.deliver(batch, controller.signal);
    } finally {
      cancel();
      this.giveUp = undefined;
    }
  }

  private async pauseAfter(error: unknown): Promise<void> {
    if (this.phase === 'over') return;
    const { sink, reports, random } = this.parts;
    this.failures += 1;
    this.share.failed();
    this.lastProblem = error instanceof Error ? error.message : 'it failed without saying why';
    const retryAfterMs = retryDelayMs(this.failures, random(), this.limits);
    const failure = { problem: this.lastProblem, attempt: this.failures, retryAfterMs };
    reports.failed(sink.name, failure);
    await this.retry.pause(retryAfterMs);
  }

  private progress(): SinkProgress {
    const sequence = this.position.known;
    return { sequence, lag: Math.max(0, this.parts.source.head - sequence) };
  }
}
