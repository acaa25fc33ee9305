import { Duplex } from 'node:stream';

import type { ServerDuplexStream } from '@grpc/grpc-js';

import { boundWrites } from '../../../../src/pep/grpc/load/bound-writes';
import type { GuardedConnection } from '../../../../src/pep/grpc/load/guarded-connection';

/** A call whose client takes an answer when it is told to. */
function createCall() {
  const taken: (() => void)[] = [];
  const call = new Duplex({
    objectMode: true,
    read: () => undefined,
    write: (_message, _encoding, callback) => {
      taken.push(callback);
    },
  });
  let heldBytes = 0;
  const connection = {
    holdAnswer: (bytes: number) => (heldBytes += bytes),
    releaseAnswer: (bytes: number) => (heldBytes -= bytes),
  } as unknown as GuardedConnection;
  boundWrites(call as unknown as ServerDuplexStream<unknown, unknown>, { connection });
  return { call, taken, heldBytes: () => heldBytes };
}

const nextTick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('answers of a stream', () => {
  it('stop the reading while too many bytes wait, and let it go on when they are taken', async () => {
    const { call, taken, heldBytes } = createCall();
    const seen: unknown[] = [];
    call.on('data', (message) => seen.push(message));
    call.write(Buffer.alloc(300 * 1024));
    expect(call.isPaused()).toBe(true);
    expect(heldBytes()).toBe(300 * 1024);
    call.push('later');
    await nextTick();
    expect(seen).toEqual([]);
    taken.shift()?.();
    await nextTick();
    expect(seen).toEqual(['later']);
    expect(heldBytes()).toBe(0);
  });

  it('count, when they are no bytes yet', () => {
    const { call } = createCall();
    call.on('data', () => undefined);
    for (let each = 0; each < 64; each += 1) call.write({ some: 'message' });
    expect(call.isPaused()).toBe(false);
    call.write({ one: 'more' });
    expect(call.isPaused()).toBe(true);
  });

  it('are not held any more when the stream is gone, and their writer is still told', async () => {
    const { call, taken, heldBytes } = createCall();
    let told = 0;
    call.write(Buffer.alloc(100), () => (told += 1));
    taken.shift()?.();
    call.write(Buffer.alloc(100));
    call.destroy();
    await nextTick();
    expect(told).toBe(1);
    expect(heldBytes()).toBe(0);
  });
});
