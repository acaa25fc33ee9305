import { connect, createServer as createHttp2Server } from 'node:http2';
import type { ClientHttp2Session, Http2Server } from 'node:http2';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';

import type { FrameJudge } from '../../../../src/pep/grpc/frames/frame-gate';
import { gateOf, GatedSocket } from '../../../../src/pep/grpc/frames/gated-socket';
import { FLAG, FRAME, frameOf } from '../../../../src/pep/grpc/frames/frame';
import { blockOf } from '../../../../src/pep/grpc/frames/refusal-frames';
import { connectRaw, opening, SETTINGS_ACK } from '../../../e2e/faults/raw-connection';

const REFUSAL = blockOf({ ':status': 200, 'content-type': 'text/plain', 'x-why': 'w'.repeat(300) });

/** Calls at once, which together send many times what a connection may have under way, and what one may send at most. */
const CALLS = 300;
const MAX_BODY = 65_535;

let http2Server: Http2Server;
let listener: Server;
let session: ClientHttp2Session;
let judge: FrameJudge;
let shown: string | undefined;
const expected = new Set<number>();

beforeAll(async () => {
  http2Server = createHttp2Server();
  http2Server.on('session', (served) => {
    gateOf(served).judgeBy({
      refuse: (...asked) => judge.refuse(...asked),
      expect: (...asked) => {
        judge.expect(...asked);
      },
      onGivenUp: () => {
        judge.onGivenUp();
      },
    });
    shown = served.socket.remoteAddress;
  });
  http2Server.on('stream', (stream, headers) => {
    expected.delete(stream.id ?? 0);
    stream.on('error', () => undefined);
    if (stream.destroyed) return;
    stream.respond({ 'x-id': headers['x-id'] });
    stream.pipe(stream);
  });
  listener = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined);
    http2Server.emit('connection', new GatedSocket(socket));
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
});

afterAll(() => {
  listener.close();
  http2Server.close();
});

beforeEach(() => {
  const { port } = listener.address() as AddressInfo;
  // Else Node's client gives up calls of which it holds too much itself.
  session = connect(`http://127.0.0.1:${String(port)}`, { maxSessionMemory: 1000 });
});

afterEach(() => {
  session.destroy();
});

interface Ended {
  readonly id: string;
  readonly answeredId: unknown;
  readonly why: unknown;
  readonly isWhole: boolean;
  readonly isEcho: boolean;
}

/** Sends a body in parts, and takes what comes back. */
async function call(id: string, length: number): Promise<Ended> {
  const body = Buffer.alloc(length, id);
  const stream = session.request({ ':method': 'POST', ':path': '/echo', 'x-id': id });
  const chunks: Buffer[] = [];
  let answeredId: unknown;
  let why: unknown;
  let isWhole = false;
  stream.on('response', (headers) => {
    answeredId = headers['x-id'];
    why = headers['x-why'];
  });
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => (isWhole = true));
  stream.on('error', () => undefined);
  stream.write(body.subarray(0, length / 2));
  stream.end(body.subarray(length / 2));
  await new Promise((done) => stream.once('close', done));
  return { id, answeredId, why, isWhole, isEcho: Buffer.concat(chunks).equals(body) };
}

it('answers what it lets by with its own answer, and what it refuses with the refusal, on one connection', async () => {
  let asked = 0;
  judge = {
    refuse: (streamId) => {
      asked += 1;
      if (asked % 3 !== 0) return REFUSAL;
      expected.add(streamId);
      return undefined;
    },
    expect: () => undefined,
    onGivenUp: () => undefined,
  };
  const bodies = Array.from({ length: CALLS }, (_, index) => (index * 7919) % MAX_BODY);
  // Headers that are always new, which a client may say once it has read that there shall be no table for them.
  await call('first', 1);
  const first = await Promise.all(bodies.map((length, at) => call(`a${String(at)}`, length)));
  const second = await Promise.all(bodies.map((length, at) => call(`b${String(at)}`, length)));
  const ended = [...first, ...second];
  const refused = ended.filter(({ why }) => why !== undefined);
  const served = ended.filter(({ why }) => why === undefined);
  expect(refused.length).toBe((CALLS * 2 * 2) / 3);
  expect(served.length).toBe((CALLS * 2) / 3);
  for (const { why, answeredId } of refused) {
    expect([why, answeredId]).toEqual(['w'.repeat(300), undefined]);
  }
  for (const each of served) {
    expect(each).toMatchObject({ answeredId: each.id, isWhole: true, isEcho: true });
  }
  expect(expected.size).toBe(0);
  expect(shown).toBe('127.0.0.1');
});

it('takes out what is given up at once, and serves what comes after it', async () => {
  let given = 0;
  judge = {
    refuse: () => undefined,
    expect: () => undefined,
    onGivenUp: () => (given += 1),
  };
  await call('c', 10);
  const abandoned = Array.from({ length: 50 }, () => {
    const stream = session.request({ ':method': 'POST', ':path': '/echo', 'x-id': 'c' });
    stream.on('error', () => undefined);
    stream.close(8);
    return new Promise((done) => stream.once('close', done));
  });
  await Promise.all(abandoned);
  expect(await call('d', 70_000)).toMatchObject({ answeredId: 'd', isEcho: true });
  expect(given).toBeGreaterThan(0);
});

it('serves a client that keeps its table whatever it is asked', async () => {
  judge = { refuse: () => undefined, expect: () => undefined, onGivenUp: () => undefined };
  const peer = connectRaw(`127.0.0.1:${String((listener.address() as AddressInfo).port)}`);
  peer.send(opening(), SETTINGS_ACK);
  const added = { ':method': 'POST', ':scheme': 'http', ':path': '/echo', ':authority': 'a' };
  const texts = Object.entries(added)
    .flat()
    .map((text) => Buffer.concat([Buffer.of(text.length), Buffer.from(text)]));
  const literals = texts.map((text, at) => (at % 2 === 0 ? [Buffer.of(0x40), text] : [text]));
  const ends = FLAG.endHeaders | FLAG.endStream;
  peer.send(frameOf(FRAME.headers, ends, 1, Buffer.concat(literals.flat())));
  // All four from the table.
  peer.send(frameOf(FRAME.headers, ends, 3, Buffer.of(0xc1, 0xc0, 0xbf, 0xbe)));
  while (peer.ended() < 2) await new Promise((done) => setTimeout(done, 1));
  expect(peer.resets.size).toBe(0);
  peer.close();
});
