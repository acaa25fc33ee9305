import { connect as connectHttp2 } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import { connect, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { credentials } from '@grpc/grpc-js';

import { createConnectionRoom } from '../../src/pep/grpc/connection-room';
import type { CallerConfig } from '../../src/ports/service-config';
import { DEFAULT_LIMITS } from '../../src/ports/service-limits';
import { createAuthority } from '../contract/support/authority';
import { callerOf, uriOf } from '../contract/support/callers';
import type { Authority, Issued } from '../contract/support/authority';
import { call, openClient } from '../contract/support/client';
import { POLICY_FILE, startService } from '../contract/support/service';
import type { TestService } from '../contract/support/service';
import { until } from '../contract/support/until';

/** Connections that the service takes. */
const MOST = 8;

/** Bytes that all clients together may have the service hold. */
const MOST_BYTES = 400_000;

const caller = (name: string): CallerConfig => callerOf(name, { certificateUris: [uriOf(name)] });

let authority: Authority;
let service: TestService;
let sockets: Socket[] = [];

beforeAll(async () => {
  authority = createAuthority();
  const { certificateFile, keyFile } = authority.issue({
    names: ['DNS:localhost', 'IP:127.0.0.1'],
  });
  const tls = {
    certificateFile,
    privateKey: { file: keyFile },
    clientCaFile: authority.certificateFile,
  };
  service = await startService(POLICY_FILE, {
    listeners: [{ address: '127.0.0.1:0', insecure: false, tls }],
    callers: [caller('red'), caller('blue')],
    limits: { ...DEFAULT_LIMITS, connections: MOST, bytes_in_flight: MOST_BYTES },
  });
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await until(() => openConnections() === 0);
});

afterAll(async () => {
  await service.stop();
  authority.remove();
});

const port = (): number => Number(service.addresses[0]?.split(':').at(-1));
const openConnections = (): number => service.diagnostics.state().listeners[0]?.connections ?? -1;
const issue = (name: string): Issued => authority.issue({ names: [`URI:${uriOf(name)}`] });

function hold(socket: Socket): Socket {
  // Read, or the end of the connection would not be seen.
  sockets.push(socket.on('error', () => undefined).resume());
  return socket;
}

/** Opens a connection of a caller and does nothing with it. */
async function holdAs({ key, cert }: Issued): Promise<Socket> {
  const socket = connectTls({
    host: '127.0.0.1',
    servername: 'localhost',
    port: port(),
    ca: authority.cert,
    key,
    cert,
    ALPNProtocols: ['h2'],
  });
  hold(socket);
  await new Promise((resolve) => {
    socket.once('secureConnect', resolve);
    socket.once('close', resolve);
  });
  return socket;
}

async function decideAs(name: string): Promise<unknown> {
  const { key, cert } = issue(name);
  const as = credentials.createSsl(authority.cert, key, cert);
  const client = openClient('ambit.v1.DecisionService', service.addresses[0] ?? '', as);
  const candidates = [{ ref: 'a', target: 'acme/large' }];
  const outcome = await call(client, 'Decide', { context: { tenant: name }, candidates });
  client.close();
  return 'code' in outcome ? outcome.code : outcome.answer['outcome'];
}

it('whoever never ends a handshake keeps no caller out', async () => {
  const held = Array.from({ length: 10 * MOST }, () => hold(connect(port(), '127.0.0.1')));
  await until(() => held.filter(({ destroyed }) => destroyed).length >= 10 * MOST - 16);
  expect(await decideAs('blue')).toBe('OUTCOME_ALLOW');
});

it('whoever holds all connections keeps no other caller out, and gets no more of them', async () => {
  const red = issue('red');
  const held: Socket[] = [];
  for (let count = 0; count < MOST; count += 1) held.push(await holdAs(red));
  await until(() => openConnections() === MOST);
  const refused = await holdAs(red);
  await until(() => refused.destroyed);
  expect(held.every(({ destroyed }) => !destroyed)).toBe(true);
  expect(await decideAs('blue')).toBe('OUTCOME_ALLOW');
  await until(() => held.some(({ destroyed }) => destroyed));
  expect(held.findIndex(({ destroyed }) => destroyed)).toBe(MOST - 1);
});

it('connections are shared out evenly between those who want all of them', async () => {
  const [red, blue] = [issue('red'), issue('blue')];
  const ofRed: Socket[] = [];
  const ofBlue: Socket[] = [];
  for (let count = 0; count < MOST; count += 1) ofRed.push(await holdAs(red));
  for (let count = 0; count < MOST; count += 1) ofBlue.push(await holdAs(blue));
  const open = (all: readonly Socket[]): number => all.filter((each) => !each.destroyed).length;
  await until(() => open(ofRed) === MOST / 2 && open(ofBlue) === MOST / 2);
  expect(openConnections()).toBe(MOST);
});

/** Sends so many bytes of a message on a new connection, and never the rest. */
function sendPartAs({ key, cert }: Issued, bytes: number): ClientHttp2Session {
  const ca = authority.cert;
  const options = { ca, key, cert, servername: 'localhost' };
  const session = connectHttp2(`https://127.0.0.1:${String(port())}`, options);
  session.on('error', () => undefined);
  const call = session.request({
    ':method': 'POST',
    ':path': '/ambit.v1.DecisionService/Decide',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  const part = Buffer.alloc(bytes);
  part.writeUInt32BE(MOST_BYTES, 1);
  call.on('error', () => undefined).write(part);
  return session;
}

const bytesHeld = (): number => service.diagnostics.state().load.bytesInFlight;

it('many small parts of messages send away none that another caller sends', async () => {
  const blue = sendPartAs(issue('blue'), 120_000);
  await until(() => bytesHeld() === 120_000);
  const red = issue('red');
  const reds: ClientHttp2Session[] = [];
  for (let count = 0; count < 5; count += 1) {
    reds.push(sendPartAs(red, 60_000));
    const held = 120_000 + reds.length * 60_000;
    await until(() => bytesHeld() === held || reds.some(({ destroyed }) => destroyed));
  }
  expect(reds.filter(({ destroyed }) => destroyed)).toHaveLength(1);
  expect(blue.destroyed).toBe(false);
  for (const session of [blue, ...reds]) session.destroy();
});

/** A socket that has come from an address, as far as a room looks at it. */
function socketFrom(address: string): Socket {
  const socket = new Socket();
  sockets.push(socket);
  return Object.defineProperties(socket, {
    remoteAddress: { value: address },
    remotePort: { value: sockets.length },
  });
}

it('an address that begins handshakes without end is held to a rate, and another one is not', async () => {
  let refused = 0;
  // Far more than it is sent, so that none makes way for another.
  const room = createConnectionRoom({ most: 65_536, onRefused: () => (refused += 1) });
  const busy = Array.from({ length: 3000 }, () => socketFrom('192.0.2.1'));
  busy.forEach(room.begin);
  // A socket is closed only once TLS has taken it over.
  expect(refused).toBe(0);
  await Promise.resolve();
  expect(refused).toBeGreaterThan(1000);
  expect(busy.slice(0, 1000).some(({ destroyed }) => destroyed)).toBe(false);
  expect(busy.filter(({ destroyed }) => destroyed)).toHaveLength(refused);
  const other = socketFrom('192.0.2.2');
  room.begin(other);
  await Promise.resolve();
  expect(other.destroyed).toBe(false);
});

it('a flood of handshakes from one address ends no service, and another address is served', async () => {
  // In parts, as the system itself drops what comes faster than it is taken.
  for (let count = 100; count <= 1500; count += 100) {
    while (sockets.length < count) hold(connect(port(), '127.0.0.1'));
    await until(() => sockets.filter(({ destroyed }) => destroyed).length >= count - 16);
  }
  const { key, cert } = issue('blue');
  const target = { host: '127.0.0.1', port: port(), localAddress: '127.0.0.2' };
  const options = { ca: authority.cert, key, cert, servername: 'localhost', ALPNProtocols: ['h2'] };
  const session = connectHttp2('https://localhost', {
    createConnection: () => connectTls({ ...target, ...options }),
  });
  await new Promise((resolve) => session.once('remoteSettings', resolve));
  expect(session.destroyed).toBe(false);
  session.destroy();
});
