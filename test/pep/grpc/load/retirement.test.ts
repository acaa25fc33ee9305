import type { ServerHttp2Session } from 'node:http2';

import { createRetirement } from '../../../../src/pep/grpc/load/retirement';

/** A session that keeps what it is told. */
class Told {
  closed = false;
  destroyed = false;
  readonly said: string[] = [];
  private onPong: () => void = () => undefined;

  goaway(code: number): void {
    this.said.push(`goaway ${String(code)}`);
  }

  ping(onPong: () => void): void {
    this.said.push('ping');
    this.onPong = onPong;
  }

  pong(): void {
    this.onPong();
  }

  close(): void {
    this.closed = true;
    this.said.push('close');
  }

  destroy(): void {
    this.destroyed = true;
    this.said.push('destroy');
  }

  once(): void {
    // Nobody asks when it is closed.
  }
}

let nowMs: number;
let isOn: boolean;
let hasRoom: boolean;
let counted: number;
let wasteOf: ReturnType<typeof createRetirement>;

beforeEach(() => {
  jest.useFakeTimers();
  nowMs = 0;
  isOn = true;
  hasRoom = true;
  counted = 0;
  wasteOf = createRetirement({
    nowMs: () => nowMs,
    gateSwitch: { isOn: () => isOn, countWasted: () => (counted += 1) },
    hasRoom: () => hasRoom,
  });
});

afterEach(() => {
  jest.useRealTimers();
});

/** A connection on which so many calls come to nothing. */
function waste(calls: number, session = new Told()): Told {
  const onWasted = wasteOf(session as object as ServerHttp2Session);
  for (let each = 0; each < calls; each += 1) onWasted();
  return session;
}

const NOTICE = ['goaway 0', 'ping'];

describe('clients whose calls come to nothing', () => {
  it('are told once to connect anew, and their connection ends when they have read it', () => {
    const session = waste(51);
    expect(session.said).toEqual(NOTICE);
    session.pong();
    expect(session.said).toEqual([...NOTICE, 'close']);
    jest.advanceTimersByTime(59_000);
    expect(session.destroyed).toBe(false);
    jest.advanceTimersByTime(1000);
    expect(session.destroyed).toBe(true);
  });

  it('who do not say that they have read it are waited for only for a second', () => {
    const session = waste(60);
    jest.advanceTimersByTime(999);
    expect(session.closed).toBe(false);
    jest.advanceTimersByTime(1);
    expect(session.said).toEqual([...NOTICE, 'close']);
  });

  it.each([
    ['few of their calls do', 50, {}],
    ['the gate is off', 500, { isOn: false }],
    ['they might find no place again', 500, { hasRoom: false }],
  ])('are left where they are if %s', (_name, calls, state) => {
    isOn = !('isOn' in state);
    hasRoom = !('hasRoom' in state);
    expect(waste(calls).said).toEqual([]);
    expect(counted).toBe(calls);
  });

  it('are told a few at a time', () => {
    const told = (): number =>
      Array.from({ length: 30 }, () => waste(51)).filter(({ said }) => said.length > 0).length;
    expect(told()).toBe(20);
    nowMs = 1000;
    expect(told()).toBe(5);
  });

  it('count no more once their connection ends', () => {
    const session = waste(51);
    counted = 0;
    waste(10, session);
    const closed = new Told();
    closed.close();
    waste(10, closed);
    expect(counted).toBe(0);
  });
});
