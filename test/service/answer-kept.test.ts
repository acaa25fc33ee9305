import { stillHolds } from '../../src/service/still-holds';
import { now } from './support/now';
import { askUntil, LateWorld, policiesWith } from './support/late-answers';
import { createTestPoint, START_MS } from './support/world';

const OPEN = [undefined, undefined];

/** A world in which a request waits for its record while things happen, a millisecond after each other. */
async function meanwhile(...happenings: readonly ((world: LateWorld) => void)[]) {
  const kept = { forMs: 1, isKept: true };
  const world = new LateWorld(policiesWith(OPEN), undefined, [kept, kept, kept]);
  const soon = world.tested.point.decide(askUntil('r', undefined), 'decide');
  for (const happen of happenings) {
    happen(world);
    world.pass();
    await world.settle();
  }
  await world.settle();
  const { withdrawn, tested } = world;
  const made = world.made.get('r') ?? [];
  return { answer: await soon, made, withdrawn, records: tested.records };
}

const load =
  (...loaded: Parameters<typeof policiesWith>) =>
  ({ tested: { store } }: LateWorld): void => {
    expect(store.offer(policiesWith(...loaded))).toBe('activated');
  };

const rest = (): void => undefined;

describe('an answer whose record is kept', () => {
  it.each([
    ['nothing ends', undefined, START_MS + 1e9, 0],
    ['a claim ends later', 1000, START_MS + 999, 0],
    ['a claim has ended', 1000, START_MS + 1000, 1],
  ])('is looked at again only where something could have changed: %s', (_, endMs, nowMs, times) => {
    const { point, store } = createTestPoint(policiesWith([endMs, undefined]));
    const ask = askUntil('r', undefined);
    const answer = now(point.decide(ask, 'decide'));
    let judged = 0;
    const judge = (): typeof answer => {
      judged += 1;
      return answer;
    };
    const waited = { ask, answer, decidedMs: START_MS };
    expect(stillHolds(waited, { nowMs, store, isRefusing: false, judge })).toBe(true);
    expect(judged).toBe(times);
  });

  it('is decided again, with a record of its own, where another bundle is active', async () => {
    const { answer, made, withdrawn, records } = await meanwhile(load([undefined, 1000]), rest);
    expect(made.map(({ bundle }) => bundle?.sequence)).toEqual([1, 2]);
    expect(answer).toBe(made[1]);
    expect(withdrawn).toEqual([made[0]?.decisionId]);
    expect(answer.decision.eligible).toHaveLength(2);
    expect(records.map(([, each]) => each)).toEqual([answer]);
  });

  it('is a block, with a record, where that happens twice', async () => {
    const { answer, made } = await meanwhile(
      load([undefined, 1000]),
      load([undefined, 2000]),
      rest,
    );
    expect(made.map(({ decision }) => decision.outcome)).toEqual(['allow', 'allow', 'block']);
    expect(answer).toBe(made[2]);
    expect(answer.decision.block).toMatchObject({ code: 'audit_unavailable', httpStatus: 503 });
  });

  it('is given late where it is a block, whatever holds by then', async () => {
    const world = new LateWorld(policiesWith(OPEN, true), undefined, [{ forMs: 1, isKept: true }]);
    const soon = world.tested.point.decide(askUntil('r', undefined), 'decide');
    load(OPEN)(world);
    world.pass();
    const [answer] = await world.settle();
    expect(answer).toBe(await soon);
    expect(answer?.decision.outcome).toBe('block');
    expect(world.made.get('r')).toHaveLength(1);
  });
});
