import { createLoopWatch } from '../../../../src/pep/grpc/load/loop-watch';

/** An event loop whose lateness is told. */
function createLoop(limitMs: number) {
  let nowMs = 0;
  let waiting: { readonly call: () => void; readonly dueMs: number } | undefined;
  const watch = createLoopWatch({
    limitMs,
    nowMs: () => nowMs,
    later: (call, afterMs) => {
      waiting = { call, dueMs: nowMs + afterMs };
      return () => {
        waiting = undefined;
      };
    },
  });
  return {
    watch,
    isLooking: () => waiting !== undefined,
    /** Lets the next look happen so much too late. */
    look: (lateMs: number) => {
      const { call, dueMs } = waiting ?? { call: () => undefined, dueMs: nowMs };
      waiting = undefined;
      nowMs = dueMs + lateMs;
      call();
    },
  };
}

describe('loop watch', () => {
  it('looks only while there is work', () => {
    const { watch, isLooking, look } = createLoop(100);
    expect(isLooking()).toBe(false);
    watch.touch();
    expect(isLooking()).toBe(true);
    watch.touch();
    look(0);
    expect(isLooking()).toBe(true);
    look(0);
    expect(isLooking()).toBe(false);
  });

  it('counts late looks in a row, and forgets them within a few that are in time', () => {
    const { watch, look } = createLoop(100);
    const lates = [150, 150, 150, 150, 80, 10, 10, 10].map((lateMs) => {
      watch.touch();
      look(lateMs);
      return watch.lateLooks();
    });
    expect(lates).toEqual([1, 2, 3, 4, 4, 2, 1, 0]);
  });

  it('remembers no more than a second of lateness, however long it was', () => {
    const { watch, look } = createLoop(100);
    const lookAt = (lateMs: number): void => {
      watch.touch();
      look(lateMs);
    };
    for (let each = 0; each < 100; each += 1) lookAt(1000);
    expect(watch.lateLooks()).toBe(8);
    for (let each = 0; each < 4; each += 1) lookAt(0);
    expect(watch.lateLooks()).toBe(0);
  });

  it('goes on looking without work until the lateness is forgotten', () => {
    const { watch, look, isLooking } = createLoop(100);
    watch.touch();
    look(500);
    expect(watch.delayMs()).toBe(500);
    look(0);
    expect(isLooking()).toBe(false);
    expect(watch.delayMs()).toBe(0);
  });

  it('looks no more when it is closed', () => {
    const { watch, isLooking } = createLoop(100);
    watch.touch();
    watch.close();
    expect(isLooking()).toBe(false);
  });
});
