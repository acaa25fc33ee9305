import fc from 'fast-check';

import { startSinkFeed } from '../../../src/service/sinks/sink-feed';
import type { SinkFeed } from '../../../src/service/sinks/sink-feed';
import { runs, Spread } from '../../laws/support/runs';
import {
  createManualTimers,
  createMemoryCursors,
  createMemorySink,
  createMemorySource,
  createReports,
  settle,
} from './simulation';

const LIMITS = { maxRecords: 4, maxChars: 120, deliverMs: 50, firstRetryMs: 10, maxRetryMs: 80 };

/** What becomes of a delivery: how many records arrive, and how it ends. */
const FATES = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'delivered' } as const) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('failed' as const), arrived: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'hangs' } as const) },
);

const EVENTS = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ append: fc.array(fc.string({ maxLength: 60 }), { maxLength: 9 }) }),
  },
  { weight: 3, arbitrary: fc.constant('time passes' as const) },
  { weight: 1, arbitrary: fc.constant('crash' as const) },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
  { weight: 1, arbitrary: fc.constant('disk fails' as const) },
  { weight: 2, arbitrary: fc.constant('disk works' as const) },
);

type Fate = typeof FATES extends fc.Arbitrary<infer T> ? T : never;

/** A trail, a server and a disk that outlive every process, and processes that may die at any time. */
class World {
  readonly source = createMemorySource();
  readonly sink = createMemorySink();
  readonly cursors = createMemoryCursors();
  readonly reports = createReports();
  timers = createManualTimers();
  private feed: SinkFeed;
  private process = 0;
  private readonly fates: Fate[];
  private readonly spread: Spread;

  constructor(fates: readonly Fate[], spread: Spread) {
    this.fates = [...fates];
    this.spread = spread;
    this.sink.before = (batch, signal) => this.decide(batch.length, signal);
    this.feed = this.start();
  }

  state() {
    return this.feed.state();
  }

  /** The process dies where it is: nothing that it began goes on, and another one starts. */
  async crash(): Promise<void> {
    this.spread.add(this.timers.waits().length > 0 ? 'crash while something waits' : 'crash');
    this.process += 1;
    this.timers = createManualTimers();
    this.feed = this.start();
    await settle();
  }

  async restart(): Promise<void> {
    const closed = this.feed.close();
    // Whatever hangs, closing has its bounds; where nothing waits, it ends by itself.
    while (await this.timers.next());
    await closed;
    this.spread.add('restart');
    this.feed = this.start();
  }

  heal(): void {
    this.fates.length = 0;
    this.cursors.problem = undefined;
  }

  private start(): SinkFeed {
    const { source, sink, cursors, timers, reports } = this;
    const own = this.process;
    const lives = <T>(answer: () => Promise<T>): Promise<T> =>
      own === this.process ? answer() : new Promise<T>(() => undefined);
    return startSinkFeed({
      source: {
        get head() {
          return source.head;
        },
        readFrom: (sequence, max) => lives(() => source.readFrom(sequence, max)),
        onAppended: (listener) => source.onAppended(listener),
      },
      sink: {
        name: sink.name,
        deliver: (...args) => lives(() => sink.deliver(...args)),
        close: () => sink.close(),
      },
      cursors: {
        load: (name) => lives(() => cursors.load(name)),
        save: (name, sequence) => lives(() => cursors.save(name, sequence)),
      },
      timers,
      reports,
      random: () => 0.5,
      limits: LIMITS,
    });
  }

  private decide(size: number, signal: AbortSignal): Promise<number | undefined> {
    const fate = this.fates.shift() ?? { kind: 'delivered' };
    this.spread.add(fate.kind);
    if (fate.kind === 'delivered') return Promise.resolve(undefined);
    if (fate.kind === 'failed') return Promise.resolve(Math.min(size, fate.arrived));
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('ended'));
      });
    });
  }
}

/** What must hold at every moment: the cursor never says more than the sink has. */
function expectCursorToBeTrue({ sink, cursors }: World): void {
  const has = new Set(sink.received.map(({ sequence }) => sequence));
  const cursor = cursors.saved.get('memory') ?? 0;
  for (let sequence = 1; sequence <= cursor; sequence += 1) expect(has).toContain(sequence);
}

describe('a feed, whatever fails', () => {
  it('loses nothing, keeps the order of what arrives first, and never saves a cursor too early', async () => {
    const spread = new Spread();
    const property = fc.asyncProperty(
      fc.array(FATES, { minLength: 10, maxLength: 40 }),
      fc.array(EVENTS, { minLength: 10, maxLength: 40 }),
      async (fates, events) => {
        const world = new World(fates, spread);
        for (const event of events) {
          if (typeof event === 'object') world.source.append(...event.append);
          else if (event === 'time passes') await world.timers.next();
          else if (event === 'crash') await world.crash();
          else if (event === 'restart') await world.restart();
          else world.cursors.problem = event === 'disk fails' ? 'no space is left' : undefined;
          await settle();
          expectCursorToBeTrue(world);
        }
        world.heal();
        while (await world.timers.next());
        const ids = world.sink.received.map(({ id }) => id);
        const everything = Array.from(
          { length: world.source.head },
          (_, i) => `t:${String(i + 1)}`,
        );
        expect([...new Set(ids)]).toEqual(everything);
        expect(world.state()).toEqual({ sink: 'memory', sequence: world.source.head, lag: 0 });
        expect(world.cursors.saved.get('memory') ?? 0).toBe(world.source.head);
        expect(world.source.mostRead).toBeLessThanOrEqual(LIMITS.maxRecords);
        if (ids.length > everything.length) spread.add('sent again');
        if (world.reports.failures.some(({ problem }) => problem === 'no space is left'))
          spread.add('disk failed');
      },
    );
    await fc.assert(property, { numRuns: runs(300) });
    spread.expectAtLeast(100, 'failed', 'hangs', 'restart', 'crash', 'crash while something waits');
    spread.expectAtLeast(100, 'sent again', 'disk failed');
    spread.expectAtLeast(1_000, 'delivered');
  });
});
