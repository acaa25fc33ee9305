import { connect, constants } from 'node:http2';
import { createConnection } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Client, ClientDuplexStream } from '@grpc/grpc-js';

import { call, openClient } from './support/client';
import type { Message, Outcome } from './support/client';
import { at, startService } from './support/service';

const REQUEST = { context: { tenant: 'red' }, candidates: [{ target: 'acme/large' }] };

function openStream(client: Client): ClientDuplexStream<Message, Message> {
  const methods = client as unknown as {
    DecideStream: () => ClientDuplexStream<Message, Message>;
  };
  return methods.DecideStream();
}

/** Settles when the stream has ended or failed; gives the number of answers that came before. */
function answersOf(stream: ClientDuplexStream<Message, Message>): Promise<number> {
  let answers = 0;
  return new Promise((resolve) => {
    stream.on('data', () => {
      answers += 1;
    });
    stream.on('end', () => {
      resolve(answers);
    });
    stream.on('error', () => {
      resolve(answers);
    });
  });
}

function hasIpv6(): boolean {
  return Object.values(networkInterfaces())
    .flat()
    .some((each) => each?.address === '::1');
}

describe('a service that stops', () => {
  it('answers every call that has reached it', async () => {
    const service = await startService();
    const client = openClient('ambit.v1.DecisionService', service.addresses[0] ?? '');
    await call(client, 'Decide', REQUEST);
    const calls = Array.from({ length: 200 }, () => call(client, 'Decide', REQUEST));
    // The first answer shows that the calls are on their way: stopping now finds the others in flight.
    await Promise.race(calls);
    const [outcomes] = await Promise.all([Promise.all(calls), service.stop()]);
    client.close();
    const told = outcomes.map((outcome: Outcome) =>
      'answer' in outcome ? String(outcome.answer['outcome']) : outcome.code,
    );
    expect(new Set(told)).toEqual(new Set(['OUTCOME_ALLOW']));
  });

  it('answers what has come in on a stream, and ends it once it is quiet', async () => {
    const service = await startService();
    const client = openClient('ambit.v1.DecisionService', service.addresses[0] ?? '');
    const stream = openStream(client);
    const answers = answersOf(stream);
    const firstAnswer = new Promise((resolve) => stream.once('data', resolve));
    for (let index = 0; index < 50; index += 1) {
      stream.write({ request: { request_id: `r${String(index)}`, ...REQUEST } });
    }
    await firstAnswer;
    await service.stop();
    client.close();
    expect(await answers).toBe(50);
  });

  it('takes no further connections', async () => {
    const service = await startService();
    const [address = ''] = service.addresses;
    await service.stop();
    const client = openClient('ambit.v1.DecisionService', address);
    expect(await call(client, 'Decide', REQUEST)).toMatchObject({ code: 'UNAVAILABLE' });
    client.close();
  });

  it.each([
    '127.0.0.1:0',
    'localhost:0',
    `unix:${join(tmpdir(), `ambit-cut-${String(process.pid)}.sock`)}`,
    ...(hasIpv6() ? ['[::1]:0'] : []),
  ])('cuts a stream that never gets quiet, so that it ends in any case: %s', async (address) => {
    const service = await startService(undefined, { drainTimeoutMs: 300, listeners: at(address) });
    const client = openClient('ambit.v1.DecisionService', service.addresses[0] ?? '');
    const stream = openStream(client);
    const ended = answersOf(stream);
    let number = 0;
    const writing = setInterval(() => {
      number += 1;
      stream.write({ request: { request_id: `r${String(number)}`, ...REQUEST } });
    }, 5);
    await new Promise((resolve) => stream.once('data', resolve));
    await service.stop();
    clearInterval(writing);
    await ended;
    client.close();
    expect(service.log.at(-1)).toMatchObject({ msg: 'stopped' });
  });

  it('does not wait for a connection on which nothing was ever said', async () => {
    const service = await startService();
    const port = Number(service.addresses[0]?.split(':').at(-1));
    const socket = createConnection({ host: '127.0.0.1', port });
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    await service.stop();
    await closed;
  });

  it('ends where a client breaks its connection meanwhile', async () => {
    const service = await startService();
    const port = Number(service.addresses[0]?.split(':').at(-1));
    const socket = createConnection({ host: '127.0.0.1', port });
    const session = connect('http://127.0.0.1', { createConnection: () => socket });
    session.on('error', () => undefined);
    const stream = session.request({
      ':method': 'POST',
      ':path': '/ambit.v1.DecisionService/Decide',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    stream.on('error', () => undefined);
    stream.write(Buffer.of(0, 0));
    await new Promise((resolve) => session.once('remoteSettings', resolve));
    const told = new Promise((resolve) => session.once('goaway', resolve));
    const stopped = service.stop();
    await told;
    socket.resetAndDestroy();
    await stopped;
    expect(service.log.at(-1)).toMatchObject({ msg: 'stopped' });
  });

  it('cuts a call of which only the beginning has come', async () => {
    const service = await startService(undefined, { drainTimeoutMs: 300 });
    const [address = ''] = service.addresses;
    const session = connect(`http://${address}`);
    session.on('error', () => undefined);
    const call = session.request({
      ':method': 'POST',
      ':path': '/ambit.v1.DecisionService/Decide',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    call.on('error', () => undefined);
    call.write(Buffer.of(0, 0));
    const closed = new Promise((resolve) => call.once('close', resolve));
    await new Promise((resolve) => session.once('connect', resolve));
    // Answered after what was sent before it has been read.
    await new Promise((resolve) => {
      session.ping(resolve);
    });
    await service.stop();
    await closed;
    expect(call.rstCode).toBe(constants.NGHTTP2_CANCEL);
    session.destroy();
  });

  it('stops once, however often it is asked', async () => {
    const service = await startService();
    await Promise.all([service.stop(), service.stop()]);
    expect(service.log.filter(({ msg }) => msg === 'stopped')).toHaveLength(1);
  });
});
