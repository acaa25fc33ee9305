import { Writable } from 'node:stream';

import { PacedWrites } from '../../../../src/pep/grpc/frames/paced-writes';

const PIECE = 64 * 1024;

type Done = (error?: Error | null) => void;

/** A connection whose other end takes a piece when it is told to. */
function createWire() {
  const taken: Buffer[] = [];
  const given: Done[] = [];
  const wire = new Writable({
    highWaterMark: 10 * PIECE,
    write: (chunk: Buffer, _encoding, done: Done) => {
      taken.push(chunk);
      given.push(done);
    },
  });
  wire.on('error', () => undefined);
  const settled = (): Promise<void> => new Promise((done) => setImmediate(done));
  const take = async (error?: Error): Promise<void> => {
    given.shift()?.(error);
    await settled();
  };
  return { wire, taken, take };
}

function createWrites(wire: Writable) {
  const events: string[] = [];
  const writes = new PacedWrites(wire, () => events.push('idle'));
  const write = (name: string, bytes: Buffer): void => {
    writes.write(bytes, (error) => events.push(`${name} ${error?.message ?? 'taken'}`));
  };
  return { writes, write, events };
}

const long = Buffer.concat([Buffer.alloc(PIECE, 'a'), Buffer.alloc(PIECE, 'b'), Buffer.of(99)]);

it('writes what is short as it comes', async () => {
  const { wire, taken, take } = createWire();
  const { writes, write, events } = createWrites(wire);
  write('first', Buffer.alloc(PIECE));
  write('second', Buffer.of(1));
  expect([writes.isIdle(), writes.heldBytes(), wire.writableLength]).toEqual([true, 0, PIECE + 1]);
  await take();
  expect([events, writes.takenBytes]).toEqual([['first taken'], PIECE]);
  await take();
  expect([events, writes.takenBytes]).toEqual([['first taken', 'second taken'], PIECE + 1]);
  expect(taken.length).toBe(2);
});

it('writes what is long piece by piece, and what comes meanwhile behind it', async () => {
  const { wire, taken, take } = createWire();
  const { writes, write, events } = createWrites(wire);
  write('long', long);
  write('short', Buffer.of(7));
  expect([writes.isIdle(), writes.heldBytes(), wire.writableLength]).toEqual([
    false,
    PIECE + 2,
    PIECE,
  ]);
  await take();
  expect([writes.takenBytes, writes.heldBytes(), events]).toEqual([PIECE, 2, []]);
  await take();
  await take();
  expect([writes.takenBytes, writes.isIdle(), events]).toEqual([
    2 * PIECE + 1,
    false,
    ['long taken'],
  ]);
  await take();
  expect([writes.isIdle(), events]).toEqual([true, ['long taken', 'short taken', 'idle']]);
  expect(taken.map(({ length }) => length)).toEqual([PIECE, PIECE, 1, 1]);
  expect(Buffer.concat(taken).equals(Buffer.concat([long, Buffer.of(7)]))).toBe(true);
});

it('tells all that wait when the connection breaks, and those that come later', async () => {
  const { wire, take } = createWire();
  const { writes, write, events } = createWrites(wire);
  write('long', long);
  write('short', Buffer.of(7));
  await take();
  await take(new Error('broken'));
  expect([events, writes.takenBytes, writes.heldBytes()]).toEqual([
    ['long broken', 'short broken'],
    PIECE,
    0,
  ]);
  write('late', long);
  await take();
  expect(events.length).toBe(3);
  expect(events[2]).not.toBe('late taken');
});

it('writes all that waits at once where it is told to hurry', async () => {
  const { wire, taken, take } = createWire();
  const { writes, write, events } = createWrites(wire);
  write('long', long);
  write('short', Buffer.of(7));
  writes.hurry();
  expect([writes.isIdle(), writes.heldBytes(), wire.writableLength]).toEqual([
    true,
    0,
    long.length + 1,
  ]);
  for (let each = 0; each < 3; each += 1) await take();
  expect(events).toEqual(['long taken', 'short taken']);
  expect(Buffer.concat(taken).equals(Buffer.concat([long, Buffer.of(7)]))).toBe(true);
});
