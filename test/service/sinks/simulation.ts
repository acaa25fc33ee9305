import type { RecordSink, SinkRecord } from '../../../src/ports/record-sink';
import type { RecordSource } from '../../../src/ports/record-source';
import type { CursorStore } from '../../../src/ports/sink-cursors';
import type { SinkFailure, SinkReports } from '../../../src/ports/sink-reports';
import type { Timers } from '../../../src/ports/timers';

/** A record of the trail `t`. */
export function recordOf(sequence: number, text = 'x'): SinkRecord {
  return { sequence, id: `t:${String(sequence)}`, json: JSON.stringify({ sequence, text }) };
}

/** Timers whose time a test moves. */
export interface ManualTimers extends Timers {
  readonly nowMs: number;
  /** The waits that are open, in milliseconds from now, ascending. */
  waits(): readonly number[];
  /** Lets everything happen that needs no time, then calls what is due first; false: nothing waits. */
  next(): Promise<boolean>;
}

/** Lets all promises that need no time run. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function createManualTimers(): ManualTimers {
  let nowMs = 0;
  const open = new Set<{ readonly atMs: number; readonly call: () => void }>();
  const sorted = () => [...open].sort((left, right) => left.atMs - right.atMs);
  return {
    get nowMs() {
      return nowMs;
    },
    waits: () => sorted().map(({ atMs }) => atMs - nowMs),
    after: (delayMs, call) => {
      const timer = { atMs: nowMs + delayMs, call };
      open.add(timer);
      return () => void open.delete(timer);
    },
    next: async () => {
      await settle();
      const [first] = sorted();
      if (first === undefined) return false;
      open.delete(first);
      nowMs = first.atMs;
      first.call();
      await settle();
      return true;
    },
  };
}

/** A trail in memory that grows. */
export interface MemorySource extends RecordSource {
  append(...texts: readonly string[]): void;
  /** The most records that were read at once. */
  readonly mostRead: number;
  /** How many listen. */
  readonly listeners: number;
}

export function createMemorySource(count = 0): MemorySource {
  const records: SinkRecord[] = [];
  const listeners = new Set<() => void>();
  let mostRead = 0;
  const append = (...texts: readonly string[]): void => {
    for (const text of texts) records.push(recordOf(records.length + 1, text));
    for (const each of listeners) each();
  };
  append(...Array.from({ length: count }, () => 'x'));
  return {
    append,
    get head() {
      return records.length;
    },
    get mostRead() {
      return mostRead;
    },
    get listeners() {
      return listeners.size;
    },
    readFrom: (sequence, max) => {
      const found = records.slice(sequence - 1, sequence - 1 + max);
      mostRead = Math.max(mostRead, found.length);
      return Promise.resolve(found);
    },
    onAppended: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A sink that keeps what it is given; `fail` is asked first. */
export interface MemorySink extends RecordSink {
  readonly received: SinkRecord[];
  readonly batches: (readonly SinkRecord[])[];
  /** What becomes of the next delivery: it may throw, wait, or say how many records arrive before it fails. */
  before: (batch: readonly SinkRecord[], signal: AbortSignal) => Promise<number | undefined>;
  isClosed: boolean;
}

export function createMemorySink(): MemorySink {
  const sink: MemorySink = {
    name: 'memory',
    received: [],
    batches: [],
    isClosed: false,
    before: () => Promise.resolve(undefined),
    deliver: async (batch, signal) => {
      sink.batches.push(batch);
      const partial = await sink.before(batch, signal);
      sink.received.push(...batch.slice(0, partial));
      if (partial !== undefined) throw new Error('the server went away');
    },
    close: () => {
      sink.isClosed = true;
      return Promise.resolve();
    },
  };
  return sink;
}

/** Cursors in memory, which fail while there is a problem. */
export interface MemoryCursors extends CursorStore {
  readonly saved: Map<string, number>;
  problem: string | undefined;
}

export function createMemoryCursors(): MemoryCursors {
  const answer = async <T>(value: () => T): Promise<T> => {
    await Promise.resolve();
    if (cursors.problem !== undefined) throw new Error(cursors.problem);
    return value();
  };
  const cursors: MemoryCursors = {
    saved: new Map(),
    problem: undefined,
    load: (name) => answer(() => cursors.saved.get(name) ?? 0),
    save: (name, sequence) => answer(() => void cursors.saved.set(name, sequence)),
  };
  return cursors;
}

/** Keeps what is reported. */
export function createReports(): SinkReports & {
  readonly failures: SinkFailure[];
  readonly progress: { readonly sequence: number; readonly lag: number }[];
} {
  const failures: SinkFailure[] = [];
  const progress: { readonly sequence: number; readonly lag: number }[] = [];
  return {
    failures,
    progress,
    delivered: (_sink, each) => progress.push(each),
    failed: (_sink, failure) => failures.push(failure),
  };
}
