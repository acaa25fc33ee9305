import { Socket } from 'node:net';

import { createServiceLoad } from '../../../../src/pep/grpc/load/service-load';
import type { ServiceLoad } from '../../../../src/pep/grpc/load/service-load';
import { DEFAULT_LIMITS } from '../../../../src/ports/service-limits';

const LIMITS = { ...DEFAULT_LIMITS, calls_in_flight: 16, bytes_in_flight: 1000 };

let load: ServiceLoad;
let sentAway: number;

beforeEach(() => {
  load = createServiceLoad(LIMITS);
  sentAway = 0;
});

afterEach(() => {
  load.stop();
});

const listener = () => load.shareOf(() => (sentAway += 1));

function closing(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => socket.once('close', resolve));
}

describe('the load of connections that speak no gRPC', () => {
  it('is refused beyond the calls of the whole service, and taken again once some are answered', () => {
    const share = listener()(new Socket());
    const refusals = Array.from({ length: 17 }, () => share.admitCall());
    expect(refusals.slice(0, 16)).toEqual(Array.from({ length: 16 }, () => undefined));
    expect(refusals[16]).toMatchObject({ failure: { reason: 'overload' } });
    expect(load.stats()).toMatchObject({ callsInFlight: 16, shedCalls: 1 });
    share.settleCall();
    expect(share.admitCall()).toBeUndefined();
  });

  it('is given back whole by a connection that closes', async () => {
    const socket = new Socket();
    const share = listener()(socket);
    share.admitCall();
    share.hold(10);
    expect(load.stats()).toMatchObject({ callsInFlight: 1, bytesInFlight: 10, connections: 1 });
    const closed = closing(socket);
    socket.destroy();
    await closed;
    expect(load.stats()).toMatchObject({ callsInFlight: 0, bytesInFlight: 0, connections: 0 });
    // Nothing is taken back twice.
    share.release(10);
    share.settleCall();
    expect(load.stats()).toMatchObject({ callsInFlight: 0, bytesInFlight: 0 });
  });

  it('sends away the connection that holds the most bytes, of the listener that holds the most', async () => {
    const [small, large, other] = [new Socket(), new Socket(), new Socket()];
    const shareAt = listener();
    shareAt(small).hold(300);
    shareAt(large).hold(400);
    const share = listener()(other);
    share.hold(200);
    expect(sentAway).toBe(0);
    const closed = closing(large);
    share.hold(150);
    await closed;
    expect([small.destroyed, large.destroyed, other.destroyed]).toEqual([false, true, false]);
    expect(sentAway).toBe(1);
    share.release(350);
    expect(load.stats().bytesInFlight).toBe(300);
  });
});
