import fc from 'fast-check';

import type { Answer } from '../../src/ports/answer';
import { runs, Spread } from '../laws/support/runs';
import { askUntil, LateWorld, policiesWith } from './support/late-answers';

const LAST_MS = 24;
const INSTANT = fc.nat({ max: LAST_MS });
const END = fc.option(INSTANT, { nil: undefined, freq: 2 });
const ENDS = fc.tuple(END, END);

const HAPPENING = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('loaded' as const), ends: ENDS }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tightened' as const), ends: ENDS }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'read again' } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'clock set back' } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'shutdown' } as const) },
);

type Happening = typeof HAPPENING extends fc.Arbitrary<infer T> ? T : never;

const STORY = fc.record({
  ends: ENDS,
  maxStalenessMs: fc.option(fc.integer({ min: 3, max: LAST_MS }), { nil: undefined }),
  happenings: fc.array(fc.tuple(INSTANT, HAPPENING), { maxLength: 4 }),
  asks: fc.array(fc.tuple(INSTANT, END), { minLength: 1, maxLength: 4 }),
  waits: fc.array(
    fc.record({
      forMs: fc.nat({ max: 10 }),
      isKept: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, fc.constant(false)),
    }),
    { minLength: 12, maxLength: 12 },
  ),
});

type Story = typeof STORY extends fc.Arbitrary<infer T> ? T : never;

/** How long the clock is set back, in milliseconds. */
const BACK_MS = -6;

function happen(world: LateWorld, happening: Happening): number {
  const { store } = world.tested;
  switch (happening.kind) {
    case 'loaded':
      store.offer(policiesWith(happening.ends));
      break;
    case 'tightened':
      store.offer(policiesWith(happening.ends, true));
      break;
    case 'read again':
      store.confirm();
      break;
    case 'clock set back':
      return BACK_MS;
    case 'shutdown':
      world.refuseFurther();
  }
  return 0;
}

function count(spread: Spread, world: LateWorld, answer: Answer): void {
  const made = world.made.get(answer.requestId) ?? [];
  const again = made.length === 1 ? 'at once' : 'again';
  const { block, outcome } = answer.decision;
  spread.add(`${outcome} ${again}`);
  if (made.length > 1 && block !== undefined) spread.add(block.code);
  if (made.length === 3) spread.add('overtaken twice');
}

async function run(story: Story, spread: Spread): Promise<void> {
  const world = new LateWorld(policiesWith(story.ends), story.maxStalenessMs, story.waits);
  const asks = story.asks.map(([atMs, endMs], index) => ({
    ...{ atMs, ask: askUntil(String(index), endMs) },
  }));
  const answered: Answer[] = [];
  for (let nowMs = 0; nowMs <= 2 * LAST_MS + 12; nowMs += 1) {
    const due = story.happenings.filter(([atMs]) => atMs === nowMs);
    const shownMs = due.reduce((sum, [, each]) => sum + happen(world, each), 1);
    for (const { ask } of asks.filter(({ atMs }) => atMs === nowMs)) {
      void world.tested.point.decide(ask, 'decide');
    }
    for (const answer of await world.settle()) {
      answered.push(answer);
      count(spread, world, answer);
      const ask = asks[Number(answer.requestId)]?.ask;
      if (ask === undefined) throw new Error('nobody asked');
      const open = world.open(ask);
      const given = answer.decision.eligible.map(({ ref }) => ref);
      expect(given.filter((ref) => !open.has(ref))).toEqual([]);
    }
    world.pass(shownMs);
  }
  expect(answered).toHaveLength(asks.length);
  expect(world.tested.defects).toEqual([]);
}

describe('an answer that waited for its record', () => {
  it('is never given at an instant at which what it lets through is blocked', async () => {
    const spread = new Spread();
    await fc.assert(
      fc.asyncProperty(STORY, (story) => run(story, spread)),
      { numRuns: runs(900) },
    );
    spread.expectAtLeast(200, 'allow at once', 'block at once');
    spread.expectAtLeast(25, 'allow again', 'block again', 'no_compliant_provider', 'policy_stale');
    spread.expectAtLeast(10, 'shutting_down', 'audit_unavailable', 'overtaken twice');
  });
});
