import { LoadGuard } from '../../../../src/pep/grpc/load/load-guard';
import { DEFAULT_LIMITS } from '../../../../src/ports/service-limits';
import type { ServiceLimits } from '../../../../src/ports/service-limits';

const MIB = 1024 * 1024;

/** A guard whose event loop is as late as it is told. */
function createGuard(limits: Partial<ServiceLimits> = {}) {
  let nowMs = 0;
  let look: (() => void) | undefined;
  const guard = new LoadGuard(
    { ...DEFAULT_LIMITS, calls_in_flight: 16, ...limits },
    {
      nowMs: () => nowMs,
      later: (call) => {
        look = call;
        return () => (look = undefined);
      },
    },
  );
  const sentAway: string[] = [];
  return {
    guard,
    sentAway,
    open: (name = 'any', owner?: string) => {
      const connection = guard.open(() => {
        sentAway.push(name);
        guard.close(connection);
      }, owner);
      return connection;
    },
    beLate: (looks: number, lateMs: number) => {
      for (let each = 0; each < looks; each += 1) {
        nowMs += 50 + lateMs;
        look?.();
      }
    },
  };
}

function admit(guard: LoadGuard, connection: ReturnType<LoadGuard['open']>, times: number) {
  return Array.from({ length: times }, () => guard.admitCall(connection));
}

describe('load guard: calls', () => {
  it('takes as many as may be in flight, refuses more, and takes others when some are answered', () => {
    const { guard, open } = createGuard();
    const busy = open();
    expect(new Set(admit(guard, busy, 16))).toEqual(new Set([undefined]));
    expect(guard.admitCall(busy)).toBe('calls');
    guard.settleCall(busy);
    expect(guard.admitCall(busy)).toBeUndefined();
    expect(guard.stats()).toMatchObject({ callsInFlight: 16, shedCalls: 1 });
  });

  it('leaves each connection a few, however busy another is', () => {
    const { guard, open } = createGuard();
    admit(guard, open(), 16);
    const good = open();
    expect(admit(guard, good, 5)).toEqual([undefined, undefined, undefined, undefined, 'calls']);
  });

  it('leaves no more to a client that opens many connections, and still leaves some to others', () => {
    const { guard, open } = createGuard();
    const taken = Array.from({ length: 100 }, () => admit(guard, open('many', 'one'), 4));
    expect(taken.flat().filter((reason) => reason === undefined)).toHaveLength(32);
    expect(admit(guard, open('good', 'other'), 5)).toEqual([
      ...Array.from({ length: 4 }, () => undefined),
      'calls',
    ]);
  });

  it('gives back what the closed connections of a client had', () => {
    const { guard, open } = createGuard();
    const all = Array.from({ length: 8 }, () => open('many', 'one'));
    for (const each of all) admit(guard, each, 4);
    expect(guard.admitCall(open('again', 'one'))).toBe('calls');
    for (const each of all) guard.close(each);
    expect(guard.admitCall(open('again', 'one'))).toBeUndefined();
  });

  it('forgets what a connection held when it goes, and is told nothing twice', () => {
    const { guard, open } = createGuard();
    const busy = open();
    admit(guard, busy, 10);
    guard.hold(busy, 1000);
    guard.admitStream(busy);
    guard.close(busy);
    guard.close(busy);
    guard.settleCall(busy);
    guard.endStream(busy);
    guard.release(busy, 1000);
    guard.hold(busy, 500);
    const empty = { callsInFlight: 0, bytesInFlight: 0, streams: 0, connections: 0 };
    expect(guard.stats()).toMatchObject(empty);
  });
});

describe('load guard: the event loop', () => {
  it('takes a stall for a stall, and lateness that goes on for overload', () => {
    const { guard, open, beLate } = createGuard({ calls_in_flight: 256 });
    const busy = open();
    admit(guard, busy, 100);
    beLate(2, 5000);
    expect(guard.admitCall(busy)).toBeUndefined();
    expect(guard.shedRequest()).toBeUndefined();
    beLate(2, 5000);
    expect(guard.admitCall(busy)).toBe('delay');
    expect(guard.shedRequest()).toBe('delay');
    expect(guard.admitCall(open())).toBeUndefined();
  });

  it('takes calls again as soon as the loop is in time', () => {
    const { guard, open, beLate } = createGuard({ calls_in_flight: 256 });
    const busy = open();
    admit(guard, busy, 100);
    beLate(20, 5000);
    expect(guard.admitCall(busy)).toBe('delay');
    beLate(4, 0);
    expect(guard.admitCall(busy)).toBeUndefined();
  });
});

describe('load guard: bytes', () => {
  it('refuses calls of a connection that holds much, and no others, when bytes run short', () => {
    const { guard, open } = createGuard({ bytes_in_flight: 16 * MIB });
    const greedy = open();
    const good = open();
    guard.hold(greedy, 11 * MIB);
    expect(guard.admitCall(greedy)).toBeUndefined();
    guard.hold(greedy, 2 * MIB);
    expect(guard.admitCall(greedy)).toBe('bytes');
    expect(guard.admitCall(good)).toBeUndefined();
    guard.release(greedy, 10 * MIB);
    expect(guard.admitCall(greedy)).toBeUndefined();
  });

  it('sends the connection with the most away when there are too many', () => {
    const { guard, open, sentAway } = createGuard({ bytes_in_flight: 16 * MIB });
    guard.hold(open('some'), 5 * MIB);
    guard.hold(open('most'), 10 * MIB);
    expect(sentAway).toEqual([]);
    guard.hold(open('last'), 2 * MIB);
    expect(sentAway).toEqual(['most']);
    expect(guard.stats().bytesInFlight).toBe(7 * MIB);
  });

  it('counts all connections of a client together', () => {
    const { guard, open, sentAway } = createGuard({ bytes_in_flight: 16 * MIB });
    guard.hold(open('good', 'a'), 6 * MIB);
    for (const size of [2, 3, 2]) guard.hold(open(`part of ${String(size)}`, 'b'), size * MIB);
    expect(sentAway).toEqual([]);
    guard.hold(open('part of 4', 'b'), 4 * MIB);
    expect(sentAway).toEqual(['part of 4']);
  });
});

describe('load guard: streams', () => {
  it('opens as many as one connection may have, and as many as all may have', () => {
    const { guard, open } = createGuard({ streams_per_connection: 2 });
    const busy = open();
    const admitted = Array.from({ length: 3 }, () => guard.admitStream(busy));
    expect(admitted).toEqual([undefined, undefined, 'streams']);
    guard.endStream(busy);
    expect(guard.admitStream(busy)).toBeUndefined();
    const others = Array.from({ length: 63 }, () => guard.admitStream(open()));
    expect(others.filter((reason) => reason === undefined)).toHaveLength(62);
  });
});
