import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

import { status } from '@grpc/grpc-js';

import { DecideResponse } from '../../../../src/gen/ambit/v1/decision';
import { GetStatusResponse } from '../../../../src/gen/ambit/v1/policy_service';
import { DecideRequest } from '../../../../src/gen/ambit/v1/request';
import { connect } from '../../../../src/pep/grpc/client/connect';
import type {
  ClientFailure,
  ClientResult,
  DecisionClient,
} from '../../../../src/ports/decision-client';
import { answering, PATHS, startRawServer } from '../support/raw-server';
import type { RawHandler, RawHandlers, RawServer } from '../support/raw-server';

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function open(address: string, deadlineMs = 20_000): DecisionClient {
  const opened = connect({ address, deadlineMs });
  if ('problem' in opened) throw new Error(opened.problem);
  closing.push(() => {
    opened.client.close();
  });
  return opened.client;
}

async function serve(handlers: RawHandlers): Promise<RawServer> {
  const server = await startRawServer(handlers);
  closing.push(server.stop);
  return server;
}

async function clientOf(handlers: RawHandlers): Promise<DecisionClient> {
  return open((await serve(handlers)).address);
}

function failureOf(result: ClientResult<unknown>): ClientFailure {
  if ('failure' in result) return result.failure;
  throw new Error(`answered: ${JSON.stringify(result.answer)}`);
}

const failing =
  (code: status, details = 'because'): RawHandler =>
  (_, callback) => {
    callback({ code, details });
  };

describe('an address that is none', () => {
  it.each(['', 'localhost', 'localhost:x', 'unix:relative', 'http://localhost:1'])(
    'opens nothing: `%s`',
    (address) => {
      expect(connect({ address, deadlineMs: 1 })).toEqual({
        problem: `\`${address}\` is no address`,
        part: 'address',
      });
    },
  );
});

describe('a server that is not there', () => {
  it('is unreachable, over TCP and over a socket', async () => {
    const held = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => held.once('listening', resolve));
    const { port } = held.address() as AddressInfo;
    await new Promise((resolve) => held.close(resolve));
    const directory = mkdtempSync(join(tmpdir(), 'ambit-client-'));
    closing.push(() => {
      rmSync(directory, { recursive: true });
    });
    const places = [
      { address: `127.0.0.1:${String(port)}`, message: 'the connection is refused' },
      { address: `unix:${directory}/none.sock`, message: 'there is no such socket' },
    ];
    for (const { address, message } of places) {
      const client = open(address);
      const results = [
        client.decide('{}'),
        client.listEligible('{}'),
        client.health(''),
        client.status(),
      ];
      for (const failure of (await Promise.all<ClientResult<unknown>>(results)).map(failureOf)) {
        expect(failure).toEqual({ kind: 'unreachable', status: 'UNAVAILABLE', message });
      }
    }
  });

  it('is one that speaks TLS only', async () => {
    const held = createTlsServer().listen(0, '127.0.0.1');
    closing.push(() => held.close());
    await new Promise((resolve) => held.once('listening', resolve));
    const { port } = held.address() as AddressInfo;
    expect(failureOf(await open(`127.0.0.1:${String(port)}`).health(''))).toEqual({
      kind: 'unreachable',
      status: 'UNAVAILABLE',
      message:
        'it closes the connection, as a listener with `tls` does with plaintext; `--ca-file` speaks TLS',
    });
  });

  it('is one that does not answer in time', async () => {
    const { address } = await serve({ [PATHS.decide]: () => undefined });
    expect(failureOf(await open(address, 50).decide('{}'))).toMatchObject({
      kind: 'unreachable',
      status: 'DEADLINE_EXCEEDED',
      message: 'it did not answer within 50 ms',
    });
  });
});

describe('a text that is no request', () => {
  it.each(['', '[]', '{"x":1}', '{"context":{"api":1,"api":2}}'])(
    'is told without a call: %s',
    async (text) => {
      const client = await clientOf({});
      for (const result of [await client.decide(text), await client.listEligible(text)]) {
        expect(failureOf(result)).toMatchObject({
          kind: 'bad_request',
          status: 'INVALID_ARGUMENT',
        });
      }
    },
  );
});

describe('a server that answers', () => {
  it('is sent the request as it was written', async () => {
    let received: DecideRequest | undefined;
    const client = await clientOf({
      [PATHS.decide]: ({ request }, callback) => {
        received = DecideRequest.decode(request);
        callback(null, Buffer.alloc(0));
      },
    });
    await client.decide(
      '{"request_id":"r","context":{"api":"API_OF_TOMORROW"},"candidates":[{"ref":"a"}]}',
    );
    expect(received).toMatchObject({
      requestId: 'r',
      context: { api: 2 ** 31 - 1 },
      candidates: [{ ref: 'a' }],
    });
  });

  it.each([
    status.INVALID_ARGUMENT,
    status.RESOURCE_EXHAUSTED,
    status.INTERNAL,
    status.UNIMPLEMENTED,
    status.UNAUTHENTICATED,
  ])('but refuses, is named with its status: %i', async (code) => {
    const { address } = await serve({ [PATHS.decide]: failing(code) });
    expect(failureOf(await open(address).decide('{}'))).toEqual({
      kind: 'refused',
      status: status[code],
      message: `\`${address}\` refused the call: because`,
    });
  });

  it('what is no message, has not answered', async () => {
    const garbage = answering(Buffer.of(0x0a, 0x7f, 1));
    const client = await clientOf({
      [PATHS.decide]: garbage,
      [PATHS.list]: garbage,
      [PATHS.status]: garbage,
      [PATHS.health]: garbage,
    });
    const calls = [
      client.decide('{}'),
      client.listEligible('{}'),
      client.status(),
      client.health(''),
    ];
    for (const result of await Promise.all<ClientResult<unknown>>(calls)) {
      expect(failureOf(result)).toMatchObject({ kind: 'refused', status: 'INTERNAL' });
    }
  });

  it.each<[string, Uint8Array, string]>([
    ['nothing', Buffer.alloc(0), 'OUTCOME_UNSPECIFIED'],
    [
      'an outcome of a later version',
      Buffer.concat([
        DecideResponse.encode({ ...DecideResponse.create(), eligible: [] }).finish(),
        Buffer.of(3 << 3, 99),
      ]),
      'UNRECOGNIZED',
    ],
  ])('with %s, allows nothing', async (_, bytes, outcome) => {
    const client = await clientOf({ [PATHS.decide]: answering(bytes) });
    expect(await client.decide('{}')).toMatchObject({
      answer: { outcome, eligible: [], verdicts: [] },
    });
  });
});

describe('health and status', () => {
  const health = async (handler: RawHandler) =>
    (await clientOf({ [PATHS.health]: handler })).health('x');

  it.each([
    ['serving', Buffer.of(1 << 3, 1), 'serving'],
    ['not serving', Buffer.of(1 << 3, 2), 'not_serving'],
    ['unknown', Buffer.of(1 << 3, 0), 'not_serving'],
    ['service unknown', Buffer.of(1 << 3, 3), 'not_serving'],
    ['nothing', Buffer.alloc(0), 'not_serving'],
    ['a state of a later version', Buffer.of(1 << 3, 99), 'not_serving'],
  ])('of a server that says %s', async (_, bytes, state) => {
    expect(await health(answering(bytes))).toEqual({ answer: state });
  });

  it('tells a service that is not there from a server that fails', async () => {
    expect(await health(failing(status.NOT_FOUND))).toEqual({ answer: 'unknown_service' });
    expect(failureOf(await health(failing(status.PERMISSION_DENIED)))).toMatchObject({
      kind: 'refused',
      status: 'PERMISSION_DENIED',
    });
  });

  it('gives the status as JSON', async () => {
    const bytes = GetStatusResponse.encode({
      ...GetStatusResponse.create(),
      state: 2,
      version: '1.2.3',
    }).finish();
    const client = await clientOf({ [PATHS.status]: answering(bytes) });
    expect(await client.status()).toMatchObject({
      answer: { state: 'SERVING_STATE_READY', version: '1.2.3', stale: false },
    });
  });
});
