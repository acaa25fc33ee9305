import { DEFAULT_LIMITS } from '../../../src/ports/service-limits';
import { until } from '../../contract/support/until';
import { createTestPoint, loadText } from '../../service/support/world';
import type { TestPoint } from '../../service/support/world';
import { startApi } from './support/api-stage';
import type { ApiStage } from './support/api-stage';
import { CHECK_POLICY } from './support/check-world';
import { connectRaw } from './support/diagnostics';
import type { RawConnection } from './support/diagnostics';

const LIMIT_BYTES = 4096;
const LIMITS = { ...DEFAULT_LIMITS, check_bytes: LIMIT_BYTES, message_seconds: 1 };

const ASK = 'POST /ext-authz/v1/chat/completions HTTP/1.1';
const BODY = '{"model":"large","messages":[]}';
const LENGTH = `Content-Length: ${String(BODY.length)}`;
const CHUNKED = 'Transfer-Encoding: chunked';
const CHUNKS = `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;

let tested: TestPoint;
let stage: ApiStage;
let connections: RawConnection[];

beforeEach(async () => {
  tested = createTestPoint(await loadText(CHECK_POLICY));
  stage = await startApi(tested.point, { limits: LIMITS });
  connections = [];
});

afterEach(async () => {
  for (const { socket } of connections) socket.destroy();
  await until(() => stage.held.calls === 0);
  expect(stage.held).toEqual({ calls: 0, bytes: 0 });
  expect(stage.defects).toEqual([]);
  await stage.close();
});

async function send(...parts: readonly string[]): Promise<RawConnection> {
  const connection = await connectRaw(stage);
  connections.push(connection);
  for (const part of parts) connection.socket.write(part, 'latin1');
  return connection;
}

const head = (line: string, ...headers: readonly string[]): string =>
  [
    line,
    'Host: ambit',
    'Content-Type: application/json',
    'X-Ambit-Tenant: red',
    ...headers,
    '',
    '',
  ].join('\r\n');

/** All that comes until the server ends the connection. */
async function exchange(...parts: readonly string[]): Promise<string> {
  const connection = await send(...parts);
  await until(connection.ended);
  return connection.received();
}

const statusesIn = (received: string): readonly string[] =>
  [...received.matchAll(/^HTTP\/1\.1 (\d+) /gm)].map(([, code = '']) => code);

describe('a request that intermediaries could read differently', () => {
  it.each([
    ['a length and chunks', head(ASK, LENGTH, CHUNKED) + CHUNKS],
    ['chunks and a length', head(ASK, CHUNKED, LENGTH) + CHUNKS],
    ['two lengths', head(ASK, LENGTH, 'Content-Length: 1') + BODY],
    ['the same length twice', head(ASK, LENGTH, LENGTH) + BODY],
    ['a length with a sign', head(ASK, `Content-Length: +${String(BODY.length)}`) + BODY],
    ['chunks and something else', head(ASK, 'Transfer-Encoding: gzip, chunked') + CHUNKS],
    ['chunks twice', head(ASK, CHUNKED, CHUNKED) + CHUNKS],
    ['chunks in another spelling', head(ASK, 'Transfer-Encoding: xchunked') + CHUNKS],
    ['a chunk without a size', `${head(ASK, CHUNKED)}zz\r\n${BODY}\r\n0\r\n\r\n`],
    ['chunks of HTTP/1.0', head(ASK.replace('1.1', '1.0'), CHUNKED) + CHUNKS],
    ['a blank behind a name', head(ASK, LENGTH, 'X-Ambit-Model : small') + BODY],
    ['a folded header', head(ASK, LENGTH, 'X-Ambit-Scope-Team: a\r\n ads') + BODY],
    ['a bare line end in a header', head(ASK, LENGTH, 'A: b\nX-Ambit-Scope-Team: ads') + BODY],
    ['a zero byte in a header', head(ASK, LENGTH, 'X-Ambit-Scope-Team: a\0ds') + BODY],
    ['a path with a blank', head(ASK.replace('/chat', '/ chat'), LENGTH) + BODY],
  ])('is refused, and the connection ends: %s', async (_what, text) => {
    const received = await exchange(text);
    expect(statusesIn(received)).toEqual([expect.stringMatching(/^4\d\d$/) as string]);
    expect(tested.records).toEqual([]);
  });

  const filler = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, at) => `F${String(at)}: x`);

  it.each(['Content-Encoding: gzip', 'X-Ambit-Tenant: blue', 'Ambit-Prefer-Only: cirrus'])(
    'is refused whole, however many headers stand before the one that counts: %s',
    async (last) => {
      const ask = (count: number): string =>
        head(ASK, LENGTH, 'Connection: close', ...filler(count), last) + BODY;
      for (const count of [0, 50, 121, 122, 123, 200, 500, 2000]) {
        expect(statusesIn(await exchange(ask(count)))).toEqual([
          expect.stringMatching(/^4\d\d$/) as string,
        ]);
      }
    },
  );

  it('is refused for more headers than there may be, and not for as many', async () => {
    const ask = (count: number): string =>
      head(ASK, LENGTH, 'Connection: close', ...filler(count - 5)) + BODY;
    expect(statusesIn(await exchange(ask(128)))).toEqual(['200']);
    const received = await exchange(ask(129));
    expect(statusesIn(received)).toEqual(['400']);
    expect(received).toContain('a request has at most 128 headers');
    expect(stage.refused).toHaveLength(1);
  });

  it('is refused for trailers, which nobody judges', async () => {
    const text = `${head(ASK, CHUNKED)}${CHUNKS.slice(0, -2)}X-Ambit-Tenant: blue\r\n\r\n`;
    const connection = await send(text);
    await until(() => connection.received().endsWith('}'));
    expect(connection.received()).toMatch(/^HTTP\/1\.1 400 [^]*trailers/);
    expect(tested.records).toEqual([]);
  });

  it.each([
    'http://ambit/ext-authz/v1/chat/completions',
    '*',
    '/ext-authz',
    '/EXT-AUTHZ/v1/models',
  ])('is not found at %s', async (target) => {
    const line = `POST ${target} HTTP/1.1`;
    expect(statusesIn(await exchange(head(line, LENGTH) + BODY))).toEqual(['404']);
    expect(tested.records).toEqual([]);
  });

  it('is no tunnel', async () => {
    const text = head('CONNECT api.openai.com:443 HTTP/1.1');
    expect(statusesIn(await exchange(text))).toEqual(['405']);
  });
});

describe('a body', () => {
  it('in chunks is read, and the connection goes on', async () => {
    const connection = await send(head(ASK, CHUNKED), CHUNKS);
    await until(() => statusesIn(connection.received()).length === 1);
    connection.socket.write(head(ASK, LENGTH) + BODY);
    await until(() => statusesIn(connection.received()).length === 2);
    expect(statusesIn(connection.received())).toEqual(['200', '200']);
    expect(connection.ended()).toBe(false);
  });

  it('of HTTP/1.0 is read by its length, as nginx sends it', async () => {
    const text = head(ASK.replace('1.1', '1.0'), LENGTH) + BODY;
    expect(statusesIn(await exchange(text))).toEqual(['200']);
  });

  const filled = (bytes: number): string => {
    const [start, end] = ['{"model":"large","messages":["', '"]}'];
    return start + 'x'.repeat(bytes - start.length - end.length) + end;
  };

  it('may have as many bytes as the limit says', async () => {
    const connection = await send(
      head(ASK, `Content-Length: ${String(LIMIT_BYTES)}`) + filled(LIMIT_BYTES),
    );
    await until(() => statusesIn(connection.received()).length === 1);
    expect(statusesIn(connection.received())).toEqual(['200']);
  });

  it.each([
    ['that says so, unread', [head(ASK, `Content-Length: ${String(LIMIT_BYTES + 1)}`)]],
    [
      'that says so and asks whether to come, unasked for',
      [head(ASK, `Content-Length: ${String(LIMIT_BYTES + 1)}`, 'Expect: 100-continue')],
    ],
    [
      'in chunks',
      [head(ASK, CHUNKED), `${(LIMIT_BYTES + 1).toString(16)}\r\n${filled(LIMIT_BYTES + 1)}\r\n`],
    ],
  ])('with one byte more is denied: %s', async (_what, parts) => {
    const received = await exchange(...parts);
    expect(statusesIn(received)).toEqual(['400']);
    expect(received).toMatch(/connection: close[^]*larger than the policy service may inspect/i);
    expect(stage.refused).toMatchObject([{ reason: 'size' }]);
    expect(tested.records).toEqual([]);
  });

  it('that asks whether to come is asked for', async () => {
    const connection = await send(head(ASK, LENGTH, 'Expect: 100-continue'));
    await until(() => connection.received().startsWith('HTTP/1.1 100 '));
    connection.socket.write(BODY);
    await until(() => statusesIn(connection.received()).length === 2);
    expect(statusesIn(connection.received())).toEqual(['100', '200']);
  });

  it('that breaks off decides nothing, and gives back what it took', async () => {
    const connection = await send(head(ASK, LENGTH), BODY.slice(0, 10));
    await until(() => stage.held.bytes > 0);
    connection.socket.destroy();
    await until(() => stage.held.calls === 0);
    expect(stage.held.bytes).toBe(0);
    expect(stage.refused).toMatchObject([{ reason: 'malformed' }]);
    expect(tested.records).toEqual([]);
  });

  it('that does not come in time is cut, however it drips', async () => {
    const connection = await send(head(ASK, 'Content-Length: 4000'));
    const drip = setInterval(() => connection.socket.write(' '), 20);
    try {
      await until(connection.ended);
    } finally {
      clearInterval(drip);
    }
    expect(statusesIn(connection.received())).toEqual(['408']);
    expect(tested.records).toEqual([]);
  });

  it('is not read where nobody wants one, or nobody knows who sends it', async () => {
    for (const line of ['POST /v1/models HTTP/1.1', 'POST /nowhere HTTP/1.1']) {
      const received = await exchange(head(line, 'Content-Length: 4000'));
      expect(received).toMatch(/^HTTP\/1\.1 40[45] [^]*connection: close/i);
    }
  });
});
