import { startSinkFeed } from '../../../src/service/sinks/sink-feed';
import type { FeedParts } from '../../../src/service/sinks/sink-feed';
import {
  createManualTimers,
  createMemoryCursors,
  createMemorySink,
  createMemorySource,
  createReports,
  recordOf,
  settle,
} from './simulation';

/** A feed over parts in memory. */
function world(count = 0, limits: FeedParts['limits'] = {}) {
  const source = createMemorySource(count);
  const sink = createMemorySink();
  const cursors = createMemoryCursors();
  const timers = createManualTimers();
  const reports = createReports();
  const start = (random = () => 0) =>
    startSinkFeed({ sink, source, cursors, timers, reports, random, limits });
  return { source, sink, cursors, timers, reports, start };
}

const sequences = (records: readonly { readonly sequence: number }[]): readonly number[] =>
  records.map(({ sequence }) => sequence);

describe('a feed', () => {
  it('brings what the trail has and what is added, and saves how far it is', async () => {
    const { source, sink, cursors, reports, start } = world(3);
    const feed = start();
    await settle();
    source.append('x', 'x');
    await settle();
    expect(sequences(sink.received)).toEqual([1, 2, 3, 4, 5]);
    expect(cursors.saved.get('memory')).toBe(5);
    expect(reports.progress).toEqual([
      { sequence: 3, lag: 0 },
      { sequence: 5, lag: 0 },
    ]);
    expect(feed.state()).toEqual({ sink: 'memory', sequence: 5, lag: 0 });
  });

  it('goes on behind the cursor', async () => {
    const { sink, cursors, start } = world(5);
    cursors.saved.set('memory', 3);
    start();
    await settle();
    expect(sequences(sink.received)).toEqual([4, 5]);
  });

  it('bounds a batch by count and by size, and sends a record alone that is larger', async () => {
    const { source, sink, start } = world(0, { maxRecords: 3, maxChars: 100 });
    source.append('a', 'b', 'c', 'd', 'y'.repeat(300), 'z'.repeat(50), 'z'.repeat(50), 'a');
    start();
    await settle();
    expect(sink.batches.map(sequences)).toEqual([[1, 2, 3], [4], [5], [6], [7, 8]]);
    expect(source.mostRead).toBe(3);
  });

  it('tells how far behind it is while a sink takes its time', async () => {
    const { source, sink, start } = world(2);
    sink.before = () => new Promise<undefined>(() => undefined);
    const feed = start();
    await settle();
    source.append('x', 'x', 'x');
    await settle();
    expect(sink.batches.map(sequences)).toEqual([[1, 2]]);
    expect(feed.state()).toEqual({ sink: 'memory', sequence: 0, lag: 5 });
  });

  it('tries again after waits that double up to a limit, whatever is added meanwhile', async () => {
    const { source, sink, timers, reports, start } = world(1, { maxRetryMs: 1_000 });
    sink.before = () => Promise.resolve(0);
    const feed = start();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await settle();
      source.append('x');
      await timers.next();
    }
    expect(reports.failures.map(({ retryAfterMs }) => retryAfterMs).slice(0, 5)).toEqual([
      125, 250, 500, 500, 500,
    ]);
    expect(reports.failures.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(timers.nowMs).toBe(1_875);
    expect(feed.state()).toMatchObject({ lastProblem: 'the server went away', lag: 6 });
    sink.before = () => Promise.resolve(undefined);
    await timers.next();
    expect(feed.state()).toEqual({ sink: 'memory', sequence: 6, lag: 0 });
    expect(timers.waits()).toEqual([]);
  });

  it('does not take an addition before a failure for the end of the wait behind it', async () => {
    const { source, sink, reports, start } = world(1);
    sink.before = () => {
      source.append('x');
      return Promise.resolve(0);
    };
    start();
    await settle();
    expect(reports.failures).toHaveLength(1);
  });

  it('gets on with a sink that takes only a part of a batch at a time, and fills batches again later', async () => {
    const { source, sink, timers, cursors, start } = world(100, { maxRecords: 64 });
    let most = 3;
    sink.before = ({ length }) => Promise.resolve(length > most ? 0 : undefined);
    start();
    while (cursors.saved.get('memory') !== 100) await timers.next();
    const sizes = sink.batches.map(({ length }) => length);
    expect(sizes.slice(0, 6)).toEqual([64, 32, 16, 8, 4, 2]);
    // Once the size is known, most batches arrive.
    const [tried, failed] = [sizes.slice(6), sizes.slice(6).filter((size) => size > most)];
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length).toBeLessThan(tried.length / 3);
    most = 64;
    source.append(...Array.from({ length: 1000 }, () => 'x'));
    while (cursors.saved.get('memory') !== 1100) await timers.next();
    expect(sink.batches.at(-2)).toHaveLength(64);
    const all = Array.from({ length: 1100 }, (_, index) => index + 1);
    expect(sequences(sink.received)).toEqual(all);
  });

  it('waits by chance up to twice as long, so that instances do not come back together', async () => {
    const { sink, reports, start } = world(1);
    sink.before = () => Promise.resolve(0);
    start(() => 0.999);
    await settle();
    expect(reports.failures).toMatchObject([{ retryAfterMs: 250 }]);
  });

  it('ends a delivery that takes too long, and tries again', async () => {
    const { sink, timers, reports, start } = world(1, { deliverMs: 70 });
    sink.before = (_batch, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('ended'));
        });
      });
    start();
    await timers.next();
    expect(timers.nowMs).toBe(70);
    expect(reports.failures).toMatchObject([{ problem: 'ended' }]);
  });

  it('does not send again what arrived when only the cursor could not be saved', async () => {
    const { sink, cursors, timers, reports, start } = world(2);
    sink.before = () => {
      cursors.problem = 'no space is left';
      return Promise.resolve(undefined);
    };
    const feed = start();
    await settle();
    expect(feed.state()).toMatchObject({ sequence: 2, lastProblem: 'no space is left' });
    cursors.problem = undefined;
    await timers.next();
    expect(sequences(sink.received)).toEqual([1, 2]);
    expect(cursors.saved.get('memory')).toBe(2);
    expect(reports.failures).toHaveLength(1);
  });

  it('sends nothing while the cursor cannot be read', async () => {
    const { sink, cursors, timers, reports, start } = world(2);
    cursors.problem = 'the cursor is none';
    start();
    await settle();
    expect(sink.batches).toEqual([]);
    expect(reports.failures).toMatchObject([{ problem: 'the cursor is none' }]);
    cursors.problem = undefined;
    await timers.next();
    expect(sequences(sink.received)).toEqual([1, 2]);
  });
});

describe('a trail that lacks what the sink needs', () => {
  it.each([
    {
      records: [3, 4],
      problem:
        'the trail no longer has the records 1 to 2; to go on without them, set the cursor of the sink to 2',
    },
    {
      records: [1, 3],
      problem:
        'the trail no longer has the records 2 to 2; to go on without them, set the cursor of the sink to 2',
    },
    { records: [1, 1], problem: 'the trail gives another record where number 2 should be' },
    {
      records: [],
      problem:
        'the trail no longer has the records 1 to 4; to go on without them, set the cursor of the sink to 4',
    },
  ])('is told of, and nothing is passed over: $records', async ({ records, problem }) => {
    const { source, sink, reports, start } = world(4);
    source.readFrom = () => Promise.resolve(records.map((each) => recordOf(each)));
    start();
    await settle();
    expect(sink.batches).toEqual([]);
    expect(reports.failures).toMatchObject([{ problem }]);
  });

  it('is told of where it ends before the cursor', async () => {
    const { source, sink, cursors, timers, reports, start } = world(4);
    cursors.saved.set('memory', 9);
    const feed = start();
    await settle();
    expect(reports.failures[0]?.problem).toMatch(
      /^the trail ends with record 4, and the sink is said to have record 9: /u,
    );
    expect(feed.state().lag).toBe(0);
    source.append('a', 'b', 'c', 'd', 'e', 'f');
    await timers.next();
    expect(sequences(sink.received)).toEqual([10]);
  });
});

describe('a feed that closes', () => {
  it('delivers what is left, then closes the sink', async () => {
    const { source, sink, timers, start } = world(5, { maxRecords: 2 });
    const feed = start();
    await feed.close();
    expect(sequences(sink.received)).toEqual([1, 2, 3, 4, 5]);
    expect(sink.isClosed).toBe(true);
    expect(source.listeners).toBe(0);
    expect(timers.waits()).toEqual([]);
  });

  it('ends at once when nothing is left', async () => {
    const { timers, start } = world();
    const feed = start();
    await settle();
    await feed.close();
    expect(timers.nowMs).toBe(0);
  });

  it('tries once more at once, and gives up a sink that keeps failing', async () => {
    const { sink, timers, reports, start } = world(1, { maxRetryMs: 60_000, firstRetryMs: 60_000 });
    sink.before = () => Promise.resolve(0);
    const feed = start();
    await settle();
    const closed = feed.close();
    await settle();
    expect(reports.failures).toHaveLength(2);
    await timers.next();
    await closed;
    expect(timers.nowMs).toBe(5_000);
    expect(sink.isClosed).toBe(true);
  });

  it('ends within its bounds though the sink hears no signal and never closes', async () => {
    const { sink, timers, start } = world(1);
    sink.before = () => new Promise<undefined>(() => undefined);
    sink.close = () => new Promise<void>(() => undefined);
    const feed = start();
    await settle();
    let isClosed = false;
    void feed.close().then(() => (isClosed = true));
    for (const endMs of [5_000, 6_000, 7_000]) {
      expect(isClosed).toBe(false);
      await timers.next();
      expect(timers.nowMs).toBe(endMs);
    }
    expect(isClosed).toBe(true);
  });
});
