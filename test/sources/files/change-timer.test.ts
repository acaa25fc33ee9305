import { createChangeTimer } from '../../../src/sources/files/change-timer';
import { POLL_INTERVAL_MS, SETTLE_AT_MOST_MS, SETTLE_MS } from '../../../src/sources/files/limits';

let looks = 0;
let finish: () => void = () => undefined;

/** A look that takes until it is told to end. */
const slowLook = (): Promise<void> => {
  looks += 1;
  return new Promise((resolve) => {
    finish = resolve;
  });
};
const quickLook = (): Promise<void> => {
  looks += 1;
  return Promise.resolve();
};

beforeEach(() => {
  looks = 0;
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe('a timer for looking', () => {
  it('looks regularly', async () => {
    const timer = createChangeTimer(quickLook);
    await jest.advanceTimersByTimeAsync(3 * POLL_INTERVAL_MS);
    timer.close();
    expect(looks).toBe(3);
  });

  it('looks soon after an event, once it is quiet', async () => {
    const timer = createChangeTimer(quickLook);
    timer.soon();
    await jest.advanceTimersByTimeAsync(SETTLE_MS - 1);
    timer.soon();
    await jest.advanceTimersByTimeAsync(SETTLE_MS - 1);
    expect(looks).toBe(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(looks).toBe(1);
    timer.close();
  });

  it('looks after a while where it does not get quiet', async () => {
    const timer = createChangeTimer(quickLook);
    for (let spentMs = 0; spentMs < SETTLE_AT_MOST_MS; spentMs += SETTLE_MS / 2) {
      timer.soon();
      await jest.advanceTimersByTimeAsync(SETTLE_MS / 2);
    }
    timer.close();
    expect(looks).toBe(1);
  });

  it('never looks twice at once, and looks again for events meanwhile', async () => {
    const timer = createChangeTimer(slowLook);
    await jest.advanceTimersByTimeAsync(POLL_INTERVAL_MS);
    timer.soon();
    await jest.advanceTimersByTimeAsync(3 * POLL_INTERVAL_MS);
    expect(looks).toBe(1);
    finish();
    await jest.advanceTimersByTimeAsync(SETTLE_MS);
    expect(looks).toBe(2);
    timer.close();
  });

  it('is silent once it is closed, in the middle of a look, too', async () => {
    const timer = createChangeTimer(slowLook);
    await jest.advanceTimersByTimeAsync(POLL_INTERVAL_MS);
    timer.close();
    finish();
    timer.soon();
    await jest.advanceTimersByTimeAsync(3 * POLL_INTERVAL_MS);
    expect(looks).toBe(1);
  });
});
