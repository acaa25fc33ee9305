import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createConnection, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import type { TLSSocket } from 'node:tls';

import type { ListenerConfig, ServiceConfig } from '../../src/ports/service-config';
import { DEFAULT_LIMITS } from '../../src/ports/service-limits';
import { createAuthority } from './support/authority';
import type { Authority, Issued } from './support/authority';
import { askHttp, whereTo } from './support/http';
import type { HttpReply } from './support/http';
import { MODEL_CALLERS, MODEL_POLICY } from './support/model-world';
import { at, startService } from './support/service';
import type { TestService } from './support/service';
import { until } from './support/until';

const SERVER = { names: ['DNS:localhost', 'IP:127.0.0.1'] };

let authority: Authority;
let stranger: Authority;
let directory: string;
const running: { stop: () => Promise<void> }[] = [];

beforeAll(() => {
  authority = createAuthority();
  stranger = createAuthority('stranger');
});

afterAll(() => {
  authority.remove();
  stranger.remove();
});

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-http-'));
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  rmSync(directory, { recursive: true, force: true });
});

async function start(options: Partial<ServiceConfig>): Promise<TestService> {
  const service = await startService(MODEL_POLICY, { listeners: at('127.0.0.1:0'), ...options });
  running.push(service);
  return service;
}

const http = (service: TestService): string => service.addresses[1] ?? '';

const HEADERS = { 'x-ambit-tenant': 'red', 'x-ambit-api': 'chat_completions' };

const ask = (service: TestService, tls?: { trusts: Authority; shows?: Issued }) =>
  askHttp(http(service), '/v1/models', { headers: HEADERS, ...(tls === undefined ? {} : { tls }) });

describe('where HTTP is answered', () => {
  it('is nowhere unless it is configured', async () => {
    const service = await start({});
    expect(service.addresses).toHaveLength(1);
    expect(service.diagnostics.state().listeners).toHaveLength(1);
  });

  it('is at each address, and state tells of it', async () => {
    const socket = `unix:${join(directory, 'http.sock')}`;
    const service = await start({ httpListeners: at('127.0.0.1:0', socket) });
    expect(service.addresses).toHaveLength(3);
    for (const address of service.addresses.slice(1)) {
      const { status } = await askHttp(address, '/v1/models', { headers: HEADERS });
      expect(status).toBe(200);
    }
    expect(service.diagnostics.state().listeners.map(({ listener }) => listener)).toEqual([
      '127.0.0.1:0',
      '127.0.0.1:0',
      socket,
    ]);
  });

  it('is nowhere in plaintext that others could reach', async () => {
    await expect(start({ httpListeners: at('0.0.0.0:0') })).rejects.toThrow(/in plaintext/);
  });

  it('is nowhere, and nothing is, where an address is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(0, '127.0.0.1', resolve);
    });
    const { port } = other.address() as AddressInfo;
    const httpListeners = at(`127.0.0.1:${String(port)}`);
    await expect(start({ httpListeners })).rejects.toThrow(/choose another with `http`/);
    await new Promise((resolve) => other.close(resolve));
  });

  it('is nowhere for callers of whom nothing tells who they are', async () => {
    await expect(
      start({
        listeners: [{ address: '127.0.0.1:0', insecure: false, caller: 'any' }],
        httpListeners: at('127.0.0.1:0'),
        callers: MODEL_CALLERS,
      }),
    ).rejects.toThrow(/nothing tells which caller asks/);
  });
});

describe('over TLS', () => {
  const file = (name: string): string => join(directory, name);

  function install({ certificateFile, keyFile }: Issued, clients: Authority): void {
    for (const [from, to] of [
      [keyFile, 'tls.key'],
      [certificateFile, 'tls.crt'],
      [clients.certificateFile, 'clients.crt'],
    ] as const) {
      copyFileSync(from, file(`${to}.new`));
      renameSync(file(`${to}.new`), file(to));
    }
  }

  const secured = (asks: boolean): ListenerConfig => ({
    address: '127.0.0.1:0',
    insecure: false,
    tls: {
      certificateFile: file('tls.crt'),
      privateKey: { file: file('tls.key') },
      ...(asks ? { clientCaFile: file('clients.crt') } : {}),
    },
  });

  async function startSecured(): Promise<TestService> {
    install(authority.issue(SERVER), authority);
    return start({
      listeners: [{ address: '127.0.0.1:0', insecure: false, caller: 'any' }],
      httpListeners: [secured(true)],
      callers: MODEL_CALLERS,
    });
  }

  const codeOf = ({ json }: HttpReply): string => (json as { error: { code: string } }).error.code;

  it('answers whoever trusts its certificate, where none is asked for', async () => {
    install(authority.issue(SERVER), authority);
    const service = await start({ httpListeners: [secured(false)] });
    expect((await ask(service, { trusts: authority })).status).toBe(200);
    await expect(ask(service, { trusts: stranger })).rejects.toThrow(/certificate|issuer/);
    await expect(ask(service)).rejects.toThrow();
  });

  it('knows its callers by their certificates', async () => {
    const service = await startSecured();
    const shows = authority.issue({ names: ['URI:spiffe://test/red'] });
    expect((await ask(service, { trusts: authority, shows })).status).toBe(200);
    expect(service.diagnostics.decided.at(-1)).toMatchObject({ caller: 'red', method: 'list' });
    const other = await askHttp(http(service), '/v1/models', {
      headers: { ...HEADERS, 'x-ambit-tenant': 'blue' },
      tls: { trusts: authority, shows },
    });
    expect([other.status, codeOf(other)]).toEqual([403, 'permission_denied']);
  });

  it('refuses certificates that are nobody’s, whatever is asked, and says so to its operator', async () => {
    const service = await startSecured();
    const shows = authority.issue({ names: ['URI:spiffe://test/green'] });
    for (const path of ['/v1/models', '/nowhere']) {
      const reply = await askHttp(http(service), path, { tls: { trusts: authority, shows } });
      expect([reply.status, codeOf(reply)]).toEqual([403, 'permission_denied']);
      expect(reply.text).not.toContain('green');
    }
    expect(service.diagnostics.decided).toEqual([]);
    expect(service.diagnostics.refused.at(-1)).toMatchObject({ caller: '', reason: 'identity' });
    expect(service.log.at(-1)).toMatchObject({
      msg: 'call refused',
      certificate_uris: ['spiffe://test/green'],
    });
  });

  it.each(['none', 'a stranger’s', 'an expired one'])(
    'does not let in who shows a certificate that does not count: %s',
    async (which) => {
      const service = await startSecured();
      const names = ['URI:spiffe://test/red'];
      const shown =
        which === 'none'
          ? undefined
          : which === 'an expired one'
            ? authority.issue({ names, days: -1 })
            : stranger.issue({ names });
      const tls = { trusts: authority, ...(shown === undefined ? {} : { shows: shown }) };
      await expect(ask(service, tls)).rejects.toThrow();
      await until(() => service.diagnostics.handshakes.length > 0);
      expect(service.diagnostics.decided).toEqual([]);
    },
  );

  it('speaks HTTP/1.1, and nothing to who wants another protocol', async () => {
    const service = await startSecured();
    const shows = authority.issue({ names: ['URI:spiffe://test/red'] });
    const connect = (protocol: string): TLSSocket =>
      connectSecurely({
        ...whereTo(http(service)),
        ca: authority.cert,
        cert: shows.cert,
        key: shows.key,
        servername: 'localhost',
        ALPNProtocols: [protocol],
      });
    const right = connect('http/1.1');
    await new Promise((resolve) => right.once('secureConnect', resolve));
    expect(right.alpnProtocol).toBe('http/1.1');
    right.destroy();
    const wrong = connect('h2');
    const ended = await new Promise((resolve) => {
      wrong.once('error', () => {
        resolve('failed');
      });
      wrong.once('secureConnect', () => {
        resolve('connected');
      });
    });
    expect(ended).toBe('failed');
  });

  it('closes the connections of who came under an authority that has gone', async () => {
    const service = await startSecured();
    const shows = authority.issue({ names: ['URI:spiffe://test/red'] });
    const socket = connectSecurely({
      ...whereTo(http(service)),
      ca: authority.cert,
      cert: shows.cert,
      key: shows.key,
      servername: 'localhost',
    });
    let closed = false;
    socket.on('close', () => (closed = true)).on('error', () => undefined);
    let received = '';
    socket.setEncoding('utf8').on('data', (part: string) => (received += part));
    socket.write('GET /v1/models HTTP/1.1\r\nHost: a\r\n\r\n');
    await until(() => received.includes('"object":"list"'));
    expect(closed).toBe(false);
    install(stranger.issue(SERVER), stranger);
    await until(() => closed);
    const anew = stranger.issue({ names: ['URI:spiffe://test/red'] });
    expect((await ask(service, { trusts: stranger, shows: anew })).status).toBe(200);
    await expect(ask(service, { trusts: stranger, shows })).rejects.toThrow();
  });
});

/** A bare connection, and what came on it until it ended. */
function openRaw(service: TestService): {
  readonly socket: Socket;
  readonly received: () => string;
  readonly isClosed: () => boolean;
} {
  const socket = createConnection(whereTo(http(service)) as { host: string; port: number });
  let text = '';
  let closed = false;
  socket.setEncoding('latin1').on('data', (part: string) => (text += part));
  socket.on('close', () => (closed = true)).on('error', () => undefined);
  return { socket, received: () => text, isClosed: () => closed };
}

const LINES = ['Host: a', ...Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}`)];
const WHOLE = ['GET /v1/models HTTP/1.1', ...LINES, '', ''].join('\r\n');

describe('hostile clients', () => {
  it.each([
    ['no HTTP', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc', 400],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['no host', 'GET /v1/models HTTP/1.1\r\n\r\n', 400],
    [
      'two lengths',
      WHOLE.replace('Host: a', 'Host: a\r\nContent-Length: 1\r\nContent-Length: 2'),
      400,
    ],
    [
      'headers beyond the limit',
      WHOLE.replace('Host: a', `Host: a\r\nx: ${'x'.repeat(33_000)}`),
      431,
    ],
    ['a tunnel', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', 405],
  ])('are refused and closed: %s', async (_what, text, status) => {
    const service = await start({ httpListeners: at('127.0.0.1:0') });
    const raw = openRaw(service);
    raw.socket.write(text, 'latin1');
    await until(raw.isClosed);
    expect(raw.received()).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
    expect((await ask(service)).status).toBe(200);
    expect(service.diagnostics.decided).toHaveLength(1);
  });

  it('are cut where a request has begun and does not come whole', async () => {
    const limits = { ...DEFAULT_LIMITS, message_seconds: 1 };
    const service = await start({ httpListeners: at('127.0.0.1:0'), limits });
    const raw = openRaw(service);
    raw.socket.write('GET /v1/models HTTP/1.1\r\nHost: a\r\n');
    await until(raw.isClosed);
    expect(raw.received()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('are closed where they do nothing for too long', async () => {
    const limits = { ...DEFAULT_LIMITS, idle_connection_seconds: 1 };
    const service = await start({ httpListeners: at('127.0.0.1:0'), limits });
    const raw = openRaw(service);
    raw.socket.write(WHOLE);
    await until(raw.isClosed);
    expect(raw.received()).toContain('"object":"list"');
  });

  it('are answered one request after another', async () => {
    const service = await start({ httpListeners: at('127.0.0.1:0') });
    const raw = openRaw(service);
    raw.socket.write(WHOLE + WHOLE);
    await until(raw.isClosed);
    expect(raw.received()).toContain('HTTP/1.1 200 ');
    expect(raw.received()).toMatch(/HTTP\/1\.1 400 [\s\S]*"code":"invalid_request"/);
  });

  it('are kept within the number of connections', async () => {
    const limits = { ...DEFAULT_LIMITS, connections: 2 };
    const service = await start({ httpListeners: at('127.0.0.1:0'), limits });
    const held = [openRaw(service), openRaw(service)];
    const state = () => service.diagnostics.state().listeners[1]?.connections;
    await until(() => state() === 2);
    const third = openRaw(service);
    await until(third.isClosed);
    for (const { socket } of held) socket.destroy();
    await until(() => state() === 0);
    expect((await ask(service)).status).toBe(200);
    await until(() => service.diagnostics.state().load.callsInFlight === 0);
    expect(service.diagnostics.state().load.bytesInFlight).toBe(0);
  });
});

describe('a shutdown', () => {
  /** So many models that their list takes many turns. */
  function manyModels(count: number): string {
    const targets = Array.from(
      { length: count },
      (_, index) => `        - { id: acme/${String(index)}, model: m${String(index)} }`,
    );
    return MODEL_POLICY.replace(
      '        - { id: acme/tuned, model: m-tuned }',
      ['        - { id: acme/tuned, model: m-tuned }', ...targets].join('\n'),
    );
  }

  it('lets what is asked be answered whole, closes what waits, and takes nothing new', async () => {
    const service = await startService(manyModels(2000), {
      listeners: at('127.0.0.1:0'),
      httpListeners: at('127.0.0.1:0'),
    });
    const idle = openRaw(service);
    idle.socket.write(WHOLE);
    await until(() => idle.received().endsWith('0\r\n\r\n') || idle.received().includes('m1999'));
    const asking = new Promise<{ readonly status: number; readonly ids: number }>(
      (resolve, reject) => {
        const agent = new Agent({ keepAlive: true });
        const where = whereTo(http(service)) as { host: string; port: number };
        const outgoing = request({ ...where, path: '/v1/models', headers: HEADERS, agent });
        outgoing.once('error', reject).once('response', (incoming) => {
          let text = '';
          incoming.setEncoding('utf8').on('data', (part: string) => (text += part));
          incoming.once('end', () => {
            agent.destroy();
            const { data } = JSON.parse(text) as { data: unknown[] };
            resolve({ status: incoming.statusCode ?? 0, ids: data.length });
          });
        });
        outgoing.end();
      },
    );
    // Every turn of the event loop is looked at, because the list is made within a few dozen of them.
    while (service.diagnostics.state().load.callsInFlight === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const address = http(service);
    const stopping = service.stop();
    expect(await asking).toEqual({ status: 200, ids: 2002 });
    await stopping;
    expect(idle.isClosed()).toBe(true);
    await expect(askHttp(address, '/v1/models')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('cuts who does not take its answer, once its time is over', async () => {
    const service = await startService(MODEL_POLICY, {
      listeners: at('127.0.0.1:0'),
      httpListeners: at('127.0.0.1:0'),
      drainTimeoutMs: 100,
    });
    const raw = openRaw(service);
    raw.socket.write('GET /v1/models HTTP/1.1\r\nHost: a\r\n');
    await until(() => service.diagnostics.state().listeners[1]?.connections === 1);
    await service.stop();
    await until(raw.isClosed);
  });
});
