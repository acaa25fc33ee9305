import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

import { FLAG, FRAME, frameOf } from '../../../../src/pep/grpc/frames/frame';
import { GatedSocket } from '../../../../src/pep/grpc/frames/gated-socket';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const PATH = Buffer.concat([Buffer.of(0x04, 2), Buffer.from('/r')]);
const SETTINGS = Buffer.from(frameOf(FRAME.settings, 0, 0, Buffer.alloc(0)));

/** What is asked for with it: that there be no table of HPACK. */
const SETTING_BYTES = 6;

/** A refusal of one byte, and what gives a window back. */
const REFUSAL_BYTES = 9 + 1;
const WINDOW_UPDATE_BYTES = 9 + 4;

/** More than the buffers between two sockets hold. */
const MUCH = Array.from({ length: 1200 }, () =>
  Buffer.from(frameOf(FRAME.data, 0, 1, Buffer.alloc(16_384))),
);

let gated: GatedSocket;
let client: Socket;
let close: () => void;

beforeEach(async () => {
  const server = createServer({ noDelay: true });
  const accepted = new Promise<Socket>((done) => server.once('connection', done));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  gated = new GatedSocket(await accepted);
  gated.on('error', () => undefined);
  gated.judgeBy({
    refuse: () => Buffer.of(0x88),
    expect: () => undefined,
    onGivenUp: () => undefined,
  });
  gated.resume();
  gated.write(SETTINGS);
  close = () => {
    client.destroy();
    gated.destroy();
    server.close();
  };
});

afterEach(() => {
  close();
});

function received(): Promise<number> {
  let bytes = 0;
  client.on('data', (chunk: Buffer) => (bytes += chunk.length));
  return new Promise((done) => {
    client.once('close', () => {
      done(bytes);
    });
  });
}

it('loses nothing of what was written before its end, whatever still comes in', async () => {
  client.on('error', () => undefined);
  const refused = frameOf(FRAME.headers, FLAG.endHeaders, 1, PATH);
  client.write(Buffer.concat([PREFACE, refused]));
  const answer = frameOf(FRAME.headers, FLAG.endHeaders | FLAG.endStream, 1, Buffer.of(0x88));
  await new Promise<void>((done) => {
    const read = (): void => {
      const bytes = client.read(SETTINGS.length + SETTING_BYTES + answer.length) as Buffer | null;
      if (bytes === null) return;
      client.off('readable', read);
      done();
    };
    client.on('readable', read);
    read();
  });
  const [last = SETTINGS] = MUCH;
  gated.write(last);
  gated.end();
  await new Promise((done) => gated.wire.once('finish', done));
  // Enough for the window to be given back, for which it is too late.
  for (let each = 0; each < 4; each += 1) {
    client.write(frameOf(FRAME.data, 0, 1, Buffer.alloc(16_384)));
  }
  expect(await received()).toBe(last.length);
  expect(gated.wire.errored).toBeNull();
});

it('knows what waits for a client, and cuts it where that is to be', async () => {
  client.on('error', () => undefined);
  expect(gated.waitingBytes).toBe(0);
  for (const frame of MUCH) gated.write(frame);
  expect(gated.waitingBytes).toBeGreaterThan(0);
  expect(gated.sentBytes + gated.waitingBytes).toBeGreaterThan(MUCH.length * 16_384);
  gated.cut();
  expect(gated.wire.destroyed).toBe(true);
  if (!gated.destroyed) await new Promise((done) => gated.once('close', done));
});

it('sees a client taking what was written in one piece, and ends behind all of it', async () => {
  const all = Buffer.concat(MUCH);
  let isTaken = false;
  gated.write(all, () => (isTaken = true));
  gated.end();
  // What the buffers between the two take, while nobody reads.
  while (gated.takenBytes === 0) await new Promise((done) => setTimeout(done, 1));
  expect([isTaken, gated.takenBytes < all.length]).toEqual([false, true]);
  expect(gated.waitingBytes).toBeGreaterThanOrEqual(all.length - gated.takenBytes);
  expect(await received()).toBe(SETTINGS.length + SETTING_BYTES + all.length);
  expect([isTaken, gated.waitingBytes]).toEqual([true, 0]);
});

it('puts no refusal into the midst of what is being written', async () => {
  const all = Buffer.concat(MUCH);
  gated.write(all);
  const refused = frameOf(FRAME.headers, FLAG.endHeaders, 1, PATH);
  let forwarded = 0;
  gated.on('data', (chunk: Buffer) => (forwarded += chunk.length));
  client.write(Buffer.concat([PREFACE, refused]));
  while (forwarded === 0) await new Promise((done) => setTimeout(done, 1));
  // It is for HTTP/2, since nothing may be sent now.
  expect(forwarded).toBe(PREFACE.length + refused.length);
  let bytes = 0;
  client.on('data', (chunk: Buffer) => (bytes += chunk.length));
  const written = SETTINGS.length + SETTING_BYTES + all.length;
  while (bytes < written) await new Promise((done) => setTimeout(done, 1));
  expect(bytes).toBe(written);
  // And from then on it is refused again.
  client.write(frameOf(FRAME.headers, FLAG.endHeaders, 3, PATH));
  while (bytes === written) await new Promise((done) => setTimeout(done, 1));
  expect([forwarded, bytes]).toEqual([PREFACE.length + refused.length, written + REFUSAL_BYTES]);
});

it('gives the window back once something may be sent again, though nothing more comes in', async () => {
  const refused = frameOf(FRAME.headers, FLAG.endHeaders, 1, PATH);
  client.write(Buffer.concat([PREFACE, refused]));
  const first = SETTINGS.length + SETTING_BYTES + REFUSAL_BYTES;
  let bytes = 0;
  const count = (chunk: Buffer): void => void (bytes += chunk.length);
  client.on('data', count);
  while (bytes < first) await new Promise((done) => setTimeout(done, 1));
  client.pause();
  const all = Buffer.concat(MUCH);
  gated.write(all);
  const body = frameOf(FRAME.data, 0, 1, Buffer.alloc(16_384));
  for (let each = 0; each < 4; each += 1) client.write(body);
  const sent = PREFACE.length + refused.length + 4 * body.length;
  while (gated.wire.bytesRead < sent) await new Promise((done) => setTimeout(done, 1));
  client.resume();
  const written = first + all.length + WINDOW_UPDATE_BYTES;
  while (bytes < written) await new Promise((done) => setTimeout(done, 1));
  expect(bytes).toBe(written);
});

it('loses nothing of what is long where its client has ended its own side', async () => {
  const all = Buffer.concat(MUCH);
  gated.write(all);
  client.end();
  const written = SETTINGS.length + SETTING_BYTES + all.length;
  await new Promise((done) => gated.once('end', done));
  expect(await received()).toBe(written);
});
