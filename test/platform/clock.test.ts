import { createClock } from '../../src/platform/clock';

/** A clock over times that the test sets. */
function clockAt(): {
  readonly at: { system: number; elapsed: number };
  readonly nowMs: () => number;
} {
  const at = { system: 0, elapsed: 0 };
  const clock = createClock(
    () => at.system,
    () => at.elapsed,
  );
  return { at, nowMs: () => clock.nowMs() };
}

describe('the clock', () => {
  it('follows the system', () => {
    const { at, nowMs } = clockAt();
    at.system = 1000;
    expect(nowMs()).toBe(1000);
    at.system = 5000;
    at.elapsed = 10;
    expect(nowMs()).toBe(5000);
  });

  it('goes on where the system is set back, and never runs backwards', () => {
    const { at, nowMs } = clockAt();
    at.system = 3_600_000;
    expect(nowMs()).toBe(3_600_000);
    at.system = 0;
    expect(nowMs()).toBe(3_600_000);
    at.elapsed = 60_000;
    at.system = 60_000;
    expect(nowMs()).toBe(3_660_000);
    at.elapsed = 61_000.9;
    expect(nowMs()).toBe(3_661_000);
  });

  it('does not lose parts of milliseconds over many readings by more than one each', () => {
    const { at, nowMs } = clockAt();
    at.system = 1000;
    nowMs();
    at.system = 0;
    at.elapsed = 500;
    expect(nowMs()).toBe(1500);
  });

  it('takes the time of the system where nothing else is given', () => {
    const before = Date.now();
    const nowMs = createClock().nowMs();
    expect(nowMs).toBeGreaterThanOrEqual(before);
    expect(nowMs).toBeLessThanOrEqual(Date.now() + 1);
  });

  it('is one for each that is created', () => {
    expect(
      createClock(
        () => 1000,
        () => 0,
      ).nowMs(),
    ).toBe(1000);
    expect(
      createClock(
        () => 5,
        () => 0,
      ).nowMs(),
    ).toBe(5);
  });
});
