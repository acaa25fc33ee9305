import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { credentials, loadPackageDefinition } from '@grpc/grpc-js';
import type { Client, ClientDuplexStream, ClientReadableStream } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { protoPath as healthProto } from 'grpc-health-check';

import { call, openClient, serviceOf } from '../../contract/support/client';
import type { Message } from '../../contract/support/client';
import { POLICY_FILE } from '../../contract/support/service';
import { findFreePort } from '../support/ports';
import { until } from '../support/wait';
import { serve } from './built-cli';
import type { BuiltService } from './built-cli';

const REQUEST = { context: { tenant: 'red' }, candidates: [{ target: 'acme/large' }] };

let directory = '';
let address = '';
let service: BuiltService;
let client: Client;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-shutdown-'));
  writeFileSync(join(directory, 'policy.yaml'), POLICY_FILE);
  address = `127.0.0.1:${String(await findFreePort())}`;
  service = await serve(address, ['--policy', directory]);
  client = openClient('ambit.v1.DecisionService', address);
});

afterEach(async () => {
  client.close();
  await service.stop();
  rmSync(directory, { recursive: true });
});

/** Decisions that the log tells of: every one that was made. */
const decided = (): number => service.log().split('"msg":"decision"').length - 1;

function openStream(): ClientDuplexStream<Message, Message> {
  const methods = client as unknown as {
    DecideStream: () => ClientDuplexStream<Message, Message>;
  };
  const stream = methods.DecideStream();
  // However it ends; what matters is when the service does.
  stream.on('error', () => undefined);
  return stream;
}

describe('the end of a service', () => {
  it('loses nothing that was decided, while calls go on and on', async () => {
    let asking = true;
    const outcomes: string[] = [];
    const askOn = async (): Promise<void> => {
      while (asking) {
        const outcome = await call(client, 'Decide', REQUEST);
        outcomes.push('answer' in outcome ? String(outcome.answer['outcome']) : outcome.code);
      }
    };
    const askers = Array.from({ length: 32 }, askOn);
    await until('some answers', () => (outcomes.length > 200 ? true : undefined));
    expect(await service.stop()).toBe(0);
    asking = false;
    await Promise.all(askers);
    expect(new Set(outcomes)).toEqual(new Set(['OUTCOME_ALLOW', 'UNAVAILABLE']));
    expect(outcomes.filter((each) => each === 'OUTCOME_ALLOW')).toHaveLength(decided());
  });

  it('comes although a stream is open on which nothing happens', async () => {
    const stream = openStream();
    stream.write({ request: { request_id: 'r', ...REQUEST } });
    await new Promise((resolve) => stream.once('data', resolve));
    const ended = new Promise((resolve) => stream.once('end', resolve));
    expect(await service.stop()).toBe(0);
    await ended;
  });

  it('is told to those who watch its health, and then ends their watch', async () => {
    const Health = serviceOf(
      'grpc.health.v1.Health',
      loadPackageDefinition(loadSync(healthProto, { enums: String })),
    );
    const health = new Health(address, credentials.createInsecure());
    const methods = health as unknown as {
      watch: (request: Message) => ClientReadableStream<{ status: string }>;
    };
    const seen: string[] = [];
    const watch = methods.watch({ service: '' });
    watch.on('data', ({ status }: { status: string }) => seen.push(status));
    watch.on('error', () => undefined);
    await until('the first state', () => (seen.length > 0 ? true : undefined));
    expect(await service.stop()).toBe(0);
    expect(seen).toEqual(['SERVING', 'NOT_SERVING']);
    health.close();
  });

  it('comes although a stream never gets quiet: late requests are blocked, then it is cut', async () => {
    const stream = openStream();
    const codes: unknown[] = [];
    stream.on('data', ({ decision }: { decision: { block?: { code: string } } }) => {
      codes.push(decision.block?.code ?? 'allowed');
    });
    let number = 0;
    const writing = setInterval(() => {
      number += 1;
      stream.write({ request: { request_id: `r${String(number)}`, ...REQUEST } });
    }, 5);
    await until('an answer', () => (codes.length > 0 ? true : undefined));
    const closed = new Promise((resolve) => stream.once('status', resolve));
    expect(await service.stop()).toBe(0);
    clearInterval(writing);
    // What the service wrote last may be read later than its end.
    await closed;
    expect(new Set(codes)).toEqual(new Set(['allowed', 'shutting_down']));
  });

  it('comes although a client holds a stream and does not read', async () => {
    const stream = openStream();
    stream.pause();
    const long = Array.from({ length: 500 }, (_, index) => ({
      ref: `${'x'.repeat(200)}${String(index)}`,
      target: 'none',
    }));
    for (let index = 0; index < 100; index += 1) {
      stream.write({ request: { request_id: String(index), ...REQUEST, candidates: long } });
    }
    await until('the first answers', () => (decided() > 0 ? true : undefined));
    expect(await service.stop()).toBe(0);
  });
});
