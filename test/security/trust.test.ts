import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';

import { createAuthority } from '../contract/support/authority';
import type { Authority, Issued } from '../contract/support/authority';
import { POLICY_FILE, startService } from '../contract/support/service';
import type { TestService } from '../contract/support/service';
import { until } from '../contract/support/until';

const RED = 'spiffe://test/red';

let former: Authority;
let next: Authority;
let server: Issued;
let directory: string;
let service: TestService;

beforeAll(() => {
  former = createAuthority('former');
  next = createAuthority('next');
  server = former.issue({ names: ['DNS:localhost', 'IP:127.0.0.1'] });
});

afterAll(() => {
  former.remove();
  next.remove();
});

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-trust-'));
  copyFileSync(former.certificateFile, file('clients.crt'));
  copyFileSync(server.certificateFile, file('tls.crt'));
  copyFileSync(server.keyFile, file('tls.key'));
  const tls = {
    certificateFile: file('tls.crt'),
    privateKey: { file: file('tls.key') },
    clientCaFile: file('clients.crt'),
  };
  const listeners = [{ address: '127.0.0.1:0', insecure: false, tls }];
  service = await startService(POLICY_FILE, { listeners, drainTimeoutMs: 200 });
});

afterEach(async () => {
  await service.stop();
  rmSync(directory, { recursive: true, force: true });
});

const file = (name: string): string => join(directory, name);
const port = (): number => Number(service.addresses[0]?.split(':').at(-1));
const isRenewed = (): boolean => service.log.some(({ msg }) => msg === 'certificate renewed');

/** What a client of an authority connects with. */
function optionsOf(authority: Authority) {
  const { key, cert } = authority.issue({ names: [`URI:${RED}`] });
  return { key, cert, ca: former.cert, servername: 'localhost', ALPNProtocols: ['h2'] };
}

function openSession(authority: Authority): ClientHttp2Session {
  const session = connectHttp2(`https://127.0.0.1:${String(port())}`, optionsOf(authority));
  return session.on('error', () => undefined);
}

/** Begins a stream that nothing ends. */
const openStream = (session: ClientHttp2Session) =>
  session
    .request({
      ':method': 'POST',
      ':path': '/ambit.v1.DecisionService/DecideStream',
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    .on('error', () => undefined);

const FORBIDDEN = /^HTTP\/1\.\d 403 /;

/** What a client is sent that opens HTTP/2 without having said so in its handshake (ALPN). */
function answerWithoutProtocol(authority: Authority, where: ConnectionOptions): Promise<string> {
  const { key, cert, ca, servername } = optionsOf(authority);
  const socket = connectTls({ ...where, key, cert, ca, servername });
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  return new Promise((resolve) => {
    socket.once('close', () => {
      resolve(answer);
    });
  });
}

const serverSpoke = (session: ClientHttp2Session): Promise<unknown> =>
  new Promise((resolve) => session.once('remoteSettings', resolve));

/** A connection that was accepted while the former authority was trusted, which it is not any more; its handshake is to come. */
async function connectBeforeRenewal(): Promise<Socket> {
  const plain = connect(port(), '127.0.0.1');
  await new Promise((resolve) => plain.once('connect', resolve));
  // It has been accepted before a later one has been served.
  const untouched = openSession(former);
  await serverSpoke(untouched);
  writeFileSync(file('clients.crt'), next.cert);
  await until(() => isRenewed() && untouched.destroyed);
  return plain;
}

describe('an authority that is no longer trusted', () => {
  it('ends the connections that were opened under it, those without calls and those with', async () => {
    const idle = openSession(former);
    const busy = openSession(former);
    const goaways: number[] = [];
    for (const session of [idle, busy]) session.on('goaway', (code: number) => goaways.push(code));
    await Promise.all([serverSpoke(idle), serverSpoke(busy)]);
    const stream = openStream(busy);
    writeFileSync(file('clients.crt'), next.cert);
    await until(() => idle.destroyed && busy.destroyed && stream.destroyed);
    expect(isRenewed()).toBe(true);
    // Each is told so without blame, that clients come anew and do not give up.
    expect(goaways.length).toBeGreaterThanOrEqual(2);
    expect(new Set(goaways)).toEqual(new Set([0]));
    const trusted = openSession(next);
    await serverSpoke(trusted);
    expect(trusted.destroyed).toBe(false);
    trusted.destroy();
  });

  it('lets nobody stay whose handshake had begun under it', async () => {
    const plain = await connectBeforeRenewal();
    const late: TLSSocket = connectTls({ ...optionsOf(former), socket: plain });
    late.on('error', () => undefined).resume();
    await new Promise((resolve) => late.once('secureConnect', resolve));
    await until(() => late.destroyed);
    expect(service.diagnostics.handshakes).toEqual([]);
    // It was closed at once, and not for its silence.
    expect(service.log.filter(({ offence }) => offence !== undefined)).toEqual([]);
  });

  it('ends nobody else where a late client names no protocol', async () => {
    const plain = await connectBeforeRenewal();
    const trusted = openSession(next);
    await serverSpoke(trusted);
    expect(await answerWithoutProtocol(former, { socket: plain })).toMatch(FORBIDDEN);
    const answered = await new Promise((resolve) => {
      trusted.ping(resolve);
    });
    expect({ answered, destroyed: trusted.destroyed }).toEqual({
      answered: null,
      destroyed: false,
    });
    trusted.destroy();
  });
});

it('a client that does not say that it speaks HTTP/2 is told that it may not', async () => {
  expect(await answerWithoutProtocol(former, { host: '127.0.0.1', port: port() })).toMatch(
    FORBIDDEN,
  );
});

it('neither another certificate nor one more authority ends a connection', async () => {
  const session = openSession(former);
  await serverSpoke(session);
  const goaways: number[] = [];
  session.on('goaway', (code: number) => goaways.push(code));
  const renewed = former.issue({ names: ['DNS:localhost', 'IP:127.0.0.1'] });
  copyFileSync(renewed.keyFile, file('tls.key'));
  copyFileSync(renewed.certificateFile, file('tls.crt'));
  writeFileSync(file('clients.crt'), Buffer.concat([next.cert, former.cert]));
  await until(isRenewed);
  const newcomer = openSession(next);
  await serverSpoke(newcomer);
  newcomer.destroy();
  const answered = await new Promise((resolve) => {
    session.ping(resolve);
  });
  expect(answered).toBeNull();
  expect({ goaways, destroyed: session.destroyed }).toEqual({ goaways: [], destroyed: false });
  session.destroy();
});
