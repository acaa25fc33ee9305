import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import type { ClientHttp2Session, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import { createServer } from 'node:net';
import type { AddressInfo, Server as NetServer } from 'node:net';

import { Server } from '@grpc/grpc-js';
import type {
  handleUnaryCall,
  ServiceDefinition,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';

import { AuthorizationService } from '../../../../src/gen/envoy/service/auth/v3/external_auth';
import type { SocketServer } from '../../../../src/pep/socket-server';
import type { CallFailure } from '../../../../src/pep/incoming';
import { grpcSockets } from '../../../../src/pep/grpc/grpc-sockets';
import { createServiceLoad } from '../../../../src/pep/grpc/load/service-load';
import { DEFAULT_LIMITS } from '../../../../src/ports/service-limits';
import {
  data,
  ERROR_CODES,
  headers,
  headersWith,
  message,
  PREFACE,
  settings,
  TYPES,
  windowUpdate,
} from '../../../bad-input/support/http2-bytes';
import type { HeaderList } from '../../../bad-input/support/http2-bytes';
import { connectRaw as connectForFrames } from '../../../e2e/faults/raw-connection';
import { connectRaw } from '../../../bad-input/support/raw-peer';
import type { RawPeer } from '../../../bad-input/support/raw-peer';

/** Limits that differ, so that each method is seen to have its own. */
const LIMITS = { ...DEFAULT_LIMITS, request_bytes: 64 * 1024, check_bytes: 128 * 1024 };

const PATHS = {
  one: '/test.Test/One',
  watch: '/test.Test/Watch',
  talk: '/test.Test/Talk',
  check: AuthorizationService.check.path,
} as const;

const DENIALS = { overloaded: Buffer.from('overloaded'), tooLarge: Buffer.from('too large') };

const asIs = (bytes: Buffer): Buffer => bytes;

let server: Server;
let listener: NetServer;
let sockets: SocketServer;
let address: string;
let load: ReturnType<typeof createServiceLoad>;
/** What came to handlers, and what was refused before. */
const handled: string[] = [];
const refused: CallFailure[] = [];
/** Milliseconds that the last call had when its handler saw it. */
let leftMs: number;
const peers: RawPeer[] = [];
const sessions: ClientHttp2Session[] = [];

function definition(name: keyof typeof PATHS, request: boolean, response: boolean): object {
  return {
    [name]: {
      path: PATHS[name],
      requestStream: request,
      responseStream: response,
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
    },
  };
}

function addMethod(
  name: keyof typeof PATHS,
  { request, response }: Readonly<Record<'request' | 'response', boolean>>,
  handler: unknown,
): void {
  server.addService(
    definition(name, request, response) as ServiceDefinition,
    { [name]: handler } as UntypedServiceImplementation,
  );
}

beforeAll(async () => {
  load = createServiceLoad(LIMITS);
  server = new Server({ 'grpc.max_receive_message_length': LIMITS.check_bytes });
  const answer: handleUnaryCall<Buffer, Buffer> = (call, callback) => {
    handled.push(`${String(call.request.length)} bytes`);
    leftMs = Number(call.getDeadline()) - Date.now();
    callback(null, call.request.subarray(0, 10));
  };
  addMethod('one', { request: false, response: false }, answer);
  addMethod('check', { request: false, response: false }, answer);
  addMethod(
    'watch',
    { request: false, response: true },
    (call: { request: Buffer; end: () => void }) => {
      handled.push(`watch ${String(call.request.length)} bytes`);
      call.end();
    },
  );
  addMethod('talk', { request: true, response: true }, (call: NodeJS.ReadWriteStream) => {
    call.on('data', (bytes: Buffer) => {
      handled.push(`talk ${String(bytes.length)} bytes`);
      call.write(bytes);
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  });
  load.guard(server, {
    denials: new Map([[PATHS.check, DENIALS]]),
    events: {
      onRefused: (failure) => refused.push(failure),
      onSentAway: (offence) => handled.push(`sent away for ${offence}`),
    },
  });
  sockets = grpcSockets(server);
  listener = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined);
    sockets.accept(socket);
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  address = `127.0.0.1:${String((listener.address() as AddressInfo).port)}`;
});

afterAll(() => {
  server.forceShutdown();
  listener.close();
  load.stop();
});

beforeEach(() => {
  handled.length = 0;
  refused.length = 0;
});

afterEach(() => {
  for (const peer of peers.splice(0)) peer.close();
  for (const session of sessions.splice(0)) session.destroy();
});

async function connect(): Promise<RawPeer> {
  const peer = await connectRaw(address);
  peers.push(peer);
  peer.send(Buffer.concat([PREFACE, settings()]));
  return peer;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** What becomes of one call of which only this is sent. */
async function fateOf(list: HeaderList, ...frames: readonly Uint8Array[]): Promise<string> {
  const peer = await connect();
  peer.send(Buffer.concat([headers(list), ...frames]));
  const fate = await peer.fateOfStream(1);
  // Whatever became of it, the next call of the connection is served.
  peer.send(headers(headersWith({ ':path': PATHS.one }), { stream: 3 }));
  peer.send(data(message(Buffer.from('next')), { stream: 3 }));
  expect(await peer.fateOfConnection()).toBe('IGNORED');
  await until(() => handled.includes('4 bytes'));
  handled.splice(handled.indexOf('4 bytes'), 1);
  return fate;
}

const to = (path: string, changes: Readonly<Record<string, string>> = {}): HeaderList =>
  headersWith({ ':path': path, ...changes });

const part = (bytes: Uint8Array): Buffer => data(bytes, { ends: false });

/** Calls Check without ending the call. */
async function ask(session: ClientHttp2Session, more: OutgoingHttpHeaders, bytes: Uint8Array) {
  const call = session.request({ ...Object.fromEntries(to(PATHS.check)), ...more });
  const chunks: Buffer[] = [];
  let status: unknown;
  call.on('trailers', (trailers: IncomingHttpHeaders) => {
    status = trailers['grpc-status'];
  });
  call.on('data', (chunk: Buffer) => chunks.push(chunk));
  call.write(bytes);
  if (bytes.length > 100) call.end();
  await once(call, 'close');
  return { body: Buffer.concat(chunks), status };
}

/** Only the prefix of a message; nothing of what it announces is sent, nor the end of the call. */
const announce = (length: number): Buffer => part(message(Buffer.alloc(0), { length }));

const GOOD = message(Buffer.from('hello'));

describe('a call that is none', () => {
  it.each([
    ['POST', 'OK'],
    ['GET', 'HTTP 405'],
    ['PUT', 'HTTP 405'],
  ])('%s: %s', async (method, fate) => {
    expect(await fateOf(to(PATHS.one, { ':method': method }), data(GOOD))).toBe(fate);
    expect(handled).toEqual(fate === 'OK' ? ['5 bytes'] : []);
    expect(refused.map(({ reason }) => reason)).toEqual(fate === 'OK' ? [] : ['malformed']);
  });

  it.each([
    ['application/grpc', 'OK'],
    ['application/grpc+proto', 'OK'],
    ['application/grpc+json', 'HTTP 415'],
    ['application/grpc-web', 'HTTP 415'],
  ])('%s: %s', async (type, fate) => {
    expect(await fateOf(to(PATHS.one, { 'content-type': type }), data(GOOD))).toBe(fate);
    expect(handled).toEqual(fate === 'OK' ? ['5 bytes'] : []);
  });

  it('has headers of more than 16 KiB, whatever is called', async () => {
    const many: HeaderList = Array.from({ length: 110 }, (_, at) => [
      `x${String(at)}`,
      'y'.repeat(120),
    ]);
    for (const path of [PATHS.one, PATHS.watch, PATHS.talk, '/unknown/Method']) {
      expect(await fateOf(headersWith({ ':path': path }, many), data(GOOD))).toBe(
        'RESOURCE_EXHAUSTED: the headers have more than 16384 bytes; send fewer',
      );
    }
    expect(handled).toEqual([]);
    expect(refused.map(({ reason }) => reason)).toEqual(['size', 'size', 'size', 'size']);
  });
});

describe('a deadline', () => {
  const unreadable =
    'INVALID_ARGUMENT: `grpc-timeout` must be 1 to 8 digits and one of the units H, M, S, m, u, n';

  it.each([
    ['10', unreadable],
    ['-1S', unreadable],
    ['123456789S', unreadable],
    ['1.5S', unreadable],
    ['', unreadable],
    ['1m', 'DEADLINE_EXCEEDED: the deadline is too short for any answer; nothing was begun'],
    ['5S', 'OK'],
  ])('of %j', async (timeout, fate) => {
    expect(await fateOf(to(PATHS.one, { 'grpc-timeout': timeout }), data(GOOD))).toBe(fate);
    expect(handled).toEqual(fate === 'OK' ? ['5 bytes'] : []);
  });

  it.each([['596H'], ['597H'], ['99999999M'], ['99999999H']])(
    'of %s is far away',
    async (timeout) => {
      const peer = await connect();
      peer.send(headers(to(PATHS.one, { 'grpc-timeout': timeout })));
      peer.send(data(GOOD));
      await until(() => handled.length > 0);
      const day = 86_400_000;
      expect(leftMs).toBeGreaterThan(24 * day);
    },
  );

  it('of a stream that cannot be read is refused, too', async () => {
    expect(await fateOf(to(PATHS.talk, { 'grpc-timeout': '1s' }), data(GOOD))).toBe(unreadable);
    expect(handled).toEqual([]);
  });
});

describe('a message', () => {
  const flag =
    'INVALID_ARGUMENT: the byte before the length of a message must be 0; send messages as they are';
  const surplus = 'INVALID_ARGUMENT: the method takes one message, and there are bytes behind it';

  it('may come in bytes', async () => {
    const bytes = [...GOOD].map((byte) => part(Buffer.of(byte)));
    expect(await fateOf(to(PATHS.one), ...bytes, data(Buffer.alloc(0)))).toBe('OK');
    expect(handled).toEqual(['5 bytes']);
  });

  it.each([[1], [2], [255]])('has no flag %d, on whatever method', async (number) => {
    const bytes = message(Buffer.from('hello'), { flag: number });
    for (const path of [PATHS.one, PATHS.check, PATHS.watch, PATHS.talk]) {
      expect(await fateOf(to(path), data(bytes))).toBe(flag);
      expect(await fateOf(to(path), part(bytes.subarray(0, 1)))).toBe(flag);
    }
    expect(handled).toEqual([]);
    expect(refused).toHaveLength(8);
    expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(['malformed']));
  });

  it.each([
    ['a byte', Buffer.of(0)],
    ['three', Buffer.of(0, 0, 0)],
    ['another message', GOOD],
    ['an empty one', message(Buffer.alloc(0))],
  ])('has nothing behind it, such as %s', async (_, rest) => {
    for (const path of [PATHS.one, PATHS.check, PATHS.watch]) {
      expect(await fateOf(to(path), data(Buffer.concat([GOOD, rest])))).toBe(surplus);
      expect(await fateOf(to(path), part(GOOD), part(rest))).toBe(surplus);
    }
    expect(handled).toEqual([]);
  });

  it('has the size that it may have, and is refused before it comes', async () => {
    const whole = Buffer.alloc(LIMITS.request_bytes - 1000);
    // The first window of a stream is smaller than the largest message.
    expect(await fateOf(to(PATHS.one), data(message(whole)))).toBe('OK');
    expect(handled).toEqual([`${String(whole.length)} bytes`]);
    handled.length = 0;
    const tooLarge =
      'RESOURCE_EXHAUSTED: the message has more than 65536 bytes; ask in several requests';
    for (const length of [LIMITS.request_bytes + 1, 0xffffffff]) {
      expect(await fateOf(to(PATHS.one), announce(length))).toBe(tooLarge);
      expect(await fateOf(to(PATHS.watch), announce(length))).toBe(tooLarge);
    }
    expect(handled).toEqual([]);
    expect(refused.map(({ reason }) => reason)).toEqual(['size', 'size', 'size', 'size']);
    expect(load.stats()).toMatchObject({ callsInFlight: 0, streams: 0 });
  });

  it('that is too large for a method that denies is denied, and its call is over', async () => {
    const session = connectHttp2(`http://${address}`);
    sessions.push(session);
    const many = { x: 'y'.repeat(10_000), z: 'y'.repeat(10_000) };
    const good = await ask(session, {}, message(Buffer.alloc(LIMITS.check_bytes)));
    expect(good.body).toEqual(message(Buffer.alloc(10)));
    expect(handled).toEqual([`${String(LIMITS.check_bytes)} bytes`]);
    handled.length = 0;
    const denied = { body: message(DENIALS.tooLarge), status: '0' };
    const prefix = message(Buffer.alloc(0), { length: LIMITS.check_bytes + 1 });
    expect(await ask(session, {}, prefix)).toEqual(denied);
    expect(await ask(session, many, GOOD)).toEqual(denied);
    expect(handled).toEqual([]);
    expect(refused.map(({ reason }) => reason)).toEqual(['size', 'size']);
    expect(load.stats()).toMatchObject({ callsInFlight: 0 });
  });

  it('that is denied stays so when its deadline comes before its client takes the denial', async () => {
    const peer = connectForFrames(address);
    const initialWindow = 4;
    peer.send(PREFACE, settings([initialWindow, 0]));
    peer.send(headers(to(PATHS.check, { 'grpc-timeout': '30m' })), announce(0xffffffff));
    await until(() => refused.length > 0);
    // Its deadline is the later one, so the other one has passed when it is told of its own.
    peer.send(headers(to(PATHS.one, { 'grpc-timeout': '40m' }), { stream: 3 }));
    await until(() => peer.ended() > 0);
    expect(peer.seen.get(TYPES.data)).toBeUndefined();
    peer.send(windowUpdate(1000, 1));
    await until(() => peer.ended() > 1);
    expect(peer.seen.get(TYPES.data)).toBe(1);
    peer.close();
    expect(handled).toEqual([]);
  });

  it('that is none, behind an answer, breaks its stream', async () => {
    const peer = connectForFrames(address);
    peer.send(PREFACE, settings(), headers(to(PATHS.talk)), part(GOOD));
    await until(() => (peer.seen.get(TYPES.data) ?? 0) > 0);
    peer.send(part(message(Buffer.from('x'), { flag: 9 })));
    await until(() => peer.resets.size > 0);
    peer.close();
    expect([...peer.resets.keys()]).toEqual([ERROR_CODES.indexOf('PROTOCOL_ERROR')]);
    expect(handled).toEqual(['talk 5 bytes']);
    expect(refused.map(({ reason }) => reason)).toEqual(['malformed']);
  });
});

describe('a client that is to connect anew', () => {
  it('loses no call: neither one that it has begun nor one that crosses the notice', async () => {
    const peer = connectForFrames(address);
    peer.send(PREFACE, settings(), headers(to(PATHS.one)), part(GOOD.subarray(0, 7)));
    await until(() => load.stats().bytesInFlight > 0);
    sockets.retire(60_000);
    await until(() => peer.seen.has(TYPES.goaway));
    peer.send(headers(to(PATHS.one), { stream: 3 }), data(GOOD, { stream: 3 }));
    await until(() => handled.length > 0);
    peer.send(data(GOOD.subarray(7)));
    await until(() => peer.ended() > 1 && peer.ending() !== undefined);
    expect(handled).toEqual(['5 bytes', '5 bytes']);
    expect([peer.resets.size, peer.ending()]).toEqual([0, { goaway: 0, debug: '' }]);
  });
});
