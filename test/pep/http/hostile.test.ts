import { until } from '../../contract/support/until';
import type { Diagnostics } from '../../../src/pep/http/diagnostics-server';
import { DIAGNOSTICS_LIMITS } from '../../../src/pep/http/limits';
import type { DiagnosticsLimits } from '../../../src/pep/http/limits';
import {
  ask,
  connectRaw,
  createDeferred,
  createStage,
  start,
  wireRequest,
} from './support/diagnostics';
import type { RawConnection, Stage } from './support/diagnostics';

let stage: Stage;
let server: Diagnostics;
let connections: RawConnection[];

async function restart(limits: Partial<DiagnosticsLimits>): Promise<void> {
  await server.close();
  server = await start(stage, { limits: { ...DIAGNOSTICS_LIMITS, ...limits } });
}

async function connect(reads = true): Promise<RawConnection> {
  const connection = await connectRaw(server, reads);
  connections.push(connection);
  return connection;
}

/** Sends a text on a connection of its own, and gives all that comes until the server ends it. */
async function exchange(text: string): Promise<string> {
  const connection = await connect();
  connection.socket.write(text);
  await until(connection.ended);
  return connection.received();
}

beforeEach(async () => {
  stage = createStage();
  server = await start(stage);
  connections = [];
});

afterEach(async () => {
  for (const { socket } of connections) socket.destroy();
  await server.close();
  expect(stage.defects).toEqual([]);
});

/** A probe as it must be answered whatever else goes on. */
async function expectProbe(): Promise<void> {
  expect(await ask(server, '/livez')).toMatchObject({ status: 200, text: 'ok\n' });
}

describe('what is no request', () => {
  it.each([
    ['a method that does not exist', 'FOO /livez HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['no method at all', '\u0000\u0001\u0002\r\n\r\n', 400],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc', 400],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['no host', 'GET /livez HTTP/1.1\r\n\r\n', 400],
    ['two lengths', wireRequest('/livez', 'Content-Length: 1', 'Content-Length: 2'), 400],
    [
      'a length and chunks',
      wireRequest('/livez', 'Content-Length: 1', 'Transfer-Encoding: chunked'),
      400,
    ],
    ['a header name with a blank', wireRequest('/livez', 'a b: c'), 400],
    ['a folded header', wireRequest('/livez', 'a: b', '\u0000c'), 400],
    ['headers beyond the limit', wireRequest('/livez', `a: ${'x'.repeat(9000)}`), 431],
    ['a path beyond the limit', wireRequest(`/${'x'.repeat(9000)}`), 431],
    [
      'very many headers',
      wireRequest('/livez', ...Array.from({ length: 2000 }, (_, i) => `h${String(i)}: x`)),
      431,
    ],
  ])('%s is refused, and the connection closed', async (_name, text, status) => {
    const received = await exchange(text);
    expect(received).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
    expect(received).toMatch(/connection: close/i);
    expect(received).not.toMatch(/^(server|x-powered-by):/im);
    await expectProbe();
  });

  it('CONNECT is refused, and nothing passes', async () => {
    const received = await exchange(
      'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n',
    );
    expect(received).toMatch(/^HTTP\/1\.1 405 [^]*Allow: GET, HEAD/);
    await expectProbe();
  });

  it('CONNECT that is broken off at once ends nothing', async () => {
    const connection = await connect();
    connection.socket.write('CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n');
    connection.socket.resetAndDestroy();
    await expectProbe();
  });

  it('an upgrade is answered as if it were none', async () => {
    const text = wireRequest('/livez', 'Connection: upgrade', 'Upgrade: websocket');
    const connection = await connect();
    connection.socket.write(text);
    await until(() => connection.received().endsWith('ok\n'));
    expect(connection.received()).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('bodies', () => {
  it.each([
    ['announced', 'Content-Length: 1000000'],
    ['chunked', 'Transfer-Encoding: chunked'],
    ['expected to be waited for', 'Content-Length: 5'],
  ])(
    'that are %s are not read: the answer comes, and the connection ends',
    async (_name, header) => {
      const expectation = header === 'Content-Length: 5' ? ['Expect: 100-continue'] : [];
      const received = await exchange(wireRequest('/livez', header, ...expectation));
      expect(received).toMatch(/^HTTP\/1\.1 200 [^]*connection: close[^]*ok\n$/i);
      await expectProbe();
    },
  );

  it('of a refused method end the connection, too', async () => {
    const text = 'POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nabc';
    expect(await exchange(text)).toMatch(/^HTTP\/1\.1 405 /);
  });
});

describe('slow clients', () => {
  it.each([
    ['never speak', []],
    ['begin and stop', ['GET /livez HT']],
    ['stop within headers', ['GET /livez HTTP/1.1\r\nHost: a\r\nX: ']],
  ])('that %s are cut', async (_name, parts) => {
    await restart({ requestMs: 200, lookEveryMs: 10 });
    const connection = await connect();
    for (const part of parts) connection.socket.write(part);
    await until(connection.ended);
    expect(connection.received()).toMatch(
      parts.length === 0 ? /^$|^HTTP\/1\.1 408 / : /^HTTP\/1\.1 408 /,
    );
    await expectProbe();
  });

  it('that send a header now and then are cut, however long they go on', async () => {
    await restart({ requestMs: 300, lookEveryMs: 10 });
    const connection = await connect();
    connection.socket.write('GET /livez HTTP/1.1\r\nHost: a\r\n');
    let sent = 0;
    const drip = setInterval(() => connection.socket.write(`x${String((sent += 1))}: y\r\n`), 10);
    try {
      await until(connection.ended);
    } finally {
      clearInterval(drip);
    }
    expect(sent).toBeGreaterThan(1);
    await expectProbe();
  });

  it('that do not take their answer are cut', async () => {
    const readMs = 100;
    await restart({ readMs });
    const page = 'x'.repeat(32 * 1024 * 1024);
    stage.metrics = () => Promise.resolve(page);
    const connection = await connect(false);
    connection.socket.write(wireRequest('/metrics'));
    await until(() => connection.socket.readableLength > 0);
    // Whoever does not read learns of the cut by writing, and must not write so often that it counts as alive.
    while (!connection.ended()) {
      await new Promise((resolve) => setTimeout(resolve, 3 * readMs));
      connection.socket.write('\r\n');
    }
    await expectProbe();
  });

  it('that are idle between requests are cut', async () => {
    await restart({ keepAliveMs: 1, lookEveryMs: 10 });
    expect(await exchange(wireRequest('/livez'))).toMatch(/^HTTP\/1\.1 200 [^]*ok\n$/);
  });
});

describe('very many', () => {
  it('connections close the oldest that wait, so that a probe always gets in', async () => {
    await restart({ connections: 4 });
    const silent: RawConnection[] = [];
    for (let count = 0; count < 12; count += 1) silent.push(await connect());
    await expectProbe();
    await until(() => silent.filter(({ ended }) => ended()).length >= 8);
    expect(silent.slice(0, 8).every(({ ended }) => ended())).toBe(true);
    expect(silent.at(-1)?.ended()).toBe(false);
  });

  it('connections close those that never asked before those that did', async () => {
    await restart({ connections: 3 });
    const [asker, silent] = [await connect(), await connect()];
    asker.socket.write(wireRequest('/livez'));
    await until(() => asker.received().endsWith('ok\n'));
    // The answer may have come before the server has seen its end.
    asker.socket.write(wireRequest('/livez'));
    await until(() => asker.received().split('ok\n').length === 3);
    await connect();
    await connect();
    await until(silent.ended);
    asker.socket.write(wireRequest('/livez'));
    await until(() => asker.received().split('ok\n').length === 4);
  });

  it('connections do not cut an answer that has begun', async () => {
    await restart({ connections: 3 });
    const page = createDeferred<string>();
    const asked = createDeferred<undefined>();
    stage.metrics = () => {
      asked.resolve(undefined);
      return page.promise;
    };
    const answer = ask(server, '/metrics');
    await asked.promise;
    for (let count = 0; count < 9; count += 1) await connect();
    await expectProbe();
    page.resolve('there 1\n');
    expect(await answer).toMatchObject({ status: 200, text: '# prometheus\nthere 1\n' });
  });

  it('requests of one connection are told to come on another', async () => {
    await restart({ requestsPerConnection: 3 });
    const connection = await connect();
    for (let count = 1; count <= 4; count += 1) {
      connection.socket.write(wireRequest('/livez'));
      await until(() => (connection.received().match(/HTTP/g) ?? []).length === count);
    }
    const answers = connection.received().split(/(?=HTTP)/);
    expect(answers.map((answer) => answer.slice('HTTP/1.1 '.length).slice(0, 3))).toEqual([
      '200',
      '200',
      '200',
      '503',
    ]);
    expect(answers[1]).toMatch(/connection: keep-alive/i);
    expect(answers[2]).toMatch(/connection: close/i);
  });

  it('requests at once on one connection are not all answered, and cost next to nothing', async () => {
    let renderings = 0;
    stage.metrics = () => {
      renderings += 1;
      return Promise.resolve('x'.repeat(100_000));
    };
    const two = await exchange(wireRequest('/metrics').repeat(2));
    expect(two.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
    expect(await exchange(wireRequest('/metrics').repeat(1000))).toMatch(/^HTTP\/1\.1 200 /);
    expect(renderings).toBe(2);
    await expectProbe();
  });

  it('requests one after the other on one connection are answered in order', async () => {
    const connection = await connect();
    for (const [path, end] of [
      ['/livez', 'ok\n'],
      ['/metrics', 'up 1\n'],
      ['/readyz?verbose', 'readyz check passed\n'],
    ] as const) {
      connection.socket.write(wireRequest(path));
      await until(() => connection.received().endsWith(end));
    }
    expect(connection.received().match(/HTTP\/1\.1 200 /g)).toHaveLength(3);
  });

  it('connections that are reset while they are answered end nothing', async () => {
    for (let count = 0; count < 200; count += 1) {
      const connection = await connect(false);
      connection.socket.write(wireRequest(count % 2 === 0 ? '/metrics' : '/readyz?verbose'));
      connection.socket.resetAndDestroy();
    }
    await expectProbe();
  });
});
