import { connect, createServer } from 'node:http2';
import type { ClientHttp2Session, Http2Server, ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';

import { transportOptions } from '../../../../src/pep/grpc/load/guard-server';
import { guardConnection } from '../../../../src/pep/grpc/load/guarded-connection';
import type { GuardedConnection } from '../../../../src/pep/grpc/load/guarded-connection';
import { LoadGuard } from '../../../../src/pep/grpc/load/load-guard';
import { DEFAULT_LIMITS } from '../../../../src/ports/service-limits';

const AGE_MS = DEFAULT_LIMITS.connection_age_seconds * 1000;

let server: Http2Server;
let client: ClientHttp2Session;
let session: ServerHttp2Session;
let connection: GuardedConnection;
const offences: string[] = [];

beforeEach(async () => {
  server = createServer();
  server.on('stream', (stream) => {
    stream.respond();
    stream.write('begun');
    stream.on('data', (chunk) => stream.end(chunk));
  });
  const accepted = new Promise<ServerHttp2Session>((done) => server.once('session', done));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  client = connect(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  client.on('error', () => undefined);
  session = await accepted;
  const nowMs = (): number => 0;
  connection = guardConnection(session, {
    guard: new LoadGuard(DEFAULT_LIMITS, { nowMs, later: () => () => undefined }),
    limits: DEFAULT_LIMITS,
    nowMs,
    wire: {
      ...{ takenBytes: 0, sentBytes: 0, waitingBytes: 0 },
      sayGoaway: () => undefined,
      cut: () => undefined,
    },
    onSentAway: (offence) => offences.push(offence),
  });
  await new Promise((done) => client.ping(done));
});

afterEach(async () => {
  client.destroy();
  await new Promise((done) => server.close(done));
  expect(offences).toEqual([]);
});

/** Seconds go by, in which calls are made. */
function useUntil(atMs: number): void {
  connection.touch();
  connection.sweep(atMs);
}

describe('a connection that is old', () => {
  it('is closed although it is used, not before nine tenths of the age and not after eleven', () => {
    useUntil(AGE_MS * 0.9 - 1);
    expect(session.closed).toBe(false);
    useUntil(AGE_MS * 1.1);
    expect(session.closed).toBe(true);
  });

  it('answers the calls that it has, and tells its client to go elsewhere with others', async () => {
    const told = new Promise((done) => client.once('goaway', done));
    const call = client.request({ ':method': 'POST' });
    await new Promise((done) => call.once('data', done));
    useUntil(AGE_MS * 1.1);
    expect(await told).toBe(0);
    const answered = new Promise((done) => call.once('data', done));
    call.end('whole');
    expect(String(await answered)).toBe('whole');
    await new Promise((done) => client.once('close', done));
  });

  it('is not kept by a timer of the library, which would cost memory for as long as the age', () => {
    expect(transportOptions(DEFAULT_LIMITS)).not.toHaveProperty(['grpc.max_connection_age_ms']);
  });
});
