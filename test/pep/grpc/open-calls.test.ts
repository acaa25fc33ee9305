import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Duplex, Writable } from 'node:stream';

import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';

import { createOpenCalls, trackStreams } from '../../../src/pep/grpc/open-calls';
import type { OpenCalls } from '../../../src/pep/grpc/open-calls';

/** Milliseconds after which a stream without requests is quiet for certain. */
const QUIET_MS = 200;

const METHOD = { requestStream: true, responseStream: true };

/** A service whose handlers do nothing, in the form that generated code has. */
function track(
  calls: OpenCalls,
  names: Partial<Record<string, object>>,
): UntypedServiceImplementation {
  const definition = names as unknown as ServiceDefinition;
  const implementation = Object.fromEntries(
    Object.keys(names).map((name) => [
      name,
      (stream: Duplex) => stream.on('data', () => undefined),
    ]),
  ) as unknown as UntypedServiceImplementation;
  return trackStreams(definition, implementation, calls);
}

/** A stream in which requests can be put; it counts those that were taken out. */
function openStream(): Duplex {
  return new Duplex({
    objectMode: true,
    read: () => undefined,
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
}

type AnyHandler = (stream: unknown) => void;

let calls: OpenCalls;
let handler: AnyHandler;

beforeEach(() => {
  jest.useFakeTimers();
  calls = createOpenCalls();
  handler = track(calls, { Chat: METHOD })['Chat'] as unknown as AnyHandler;
});

afterEach(() => {
  jest.useRealTimers();
});

describe('open streams', () => {
  it('stay open until they are to end, and end once they are quiet', async () => {
    const stream = openStream();
    handler(stream);
    await jest.advanceTimersByTimeAsync(10 * QUIET_MS);
    expect(stream.writableEnded).toBe(false);
    calls.endWhenQuiet();
    await jest.advanceTimersByTimeAsync(QUIET_MS);
    expect(stream.writableEnded).toBe(true);
  });

  it('do not end while requests come in', async () => {
    const stream = openStream();
    handler(stream);
    calls.endWhenQuiet();
    for (let index = 0; index < 20; index += 1) {
      stream.push(index);
      await jest.advanceTimersByTimeAsync(QUIET_MS / 4);
      expect(stream.writableEnded).toBe(false);
    }
    await jest.advanceTimersByTimeAsync(QUIET_MS);
    expect(stream.writableEnded).toBe(true);
  });

  it('do not end while requests wait for their client to read answers', async () => {
    const stream = openStream();
    handler(stream);
    stream.pause();
    stream.push('waiting');
    calls.endWhenQuiet();
    await jest.advanceTimersByTimeAsync(20 * QUIET_MS);
    expect(stream.writableEnded).toBe(false);
    stream.resume();
    await jest.advanceTimersByTimeAsync(2 * QUIET_MS);
    expect(stream.writableEnded).toBe(true);
  });

  it('that are opened late end, too', async () => {
    calls.endWhenQuiet();
    const stream = openStream();
    handler(stream);
    await jest.advanceTimersByTimeAsync(QUIET_MS);
    expect(stream.writableEnded).toBe(true);
  });

  it('that only answer end at once', async () => {
    const stream = new Writable({ objectMode: true });
    handler(stream);
    await jest.advanceTimersByTimeAsync(QUIET_MS);
    calls.endWhenQuiet();
    expect(stream.writableEnded).toBe(true);
  });

  it('that have closed are forgotten', async () => {
    const stream = openStream();
    handler(stream);
    stream.destroy();
    await jest.advanceTimersByTimeAsync(QUIET_MS);
    calls.endWhenQuiet();
    await jest.advanceTimersByTimeAsync(QUIET_MS);
    expect(stream.writableEnded).toBe(false);
  });
});

describe('a process that stood still', () => {
  it('reads what has come in before it takes a stream as idle', async () => {
    jest.useRealTimers();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const [stream] = (await once(server, 'connection')) as [Socket];
    handler(stream);
    calls.endWhenQuiet();
    const read = once(stream, 'data');
    client.write('a request');
    const untilMs = performance.now() + 2 * QUIET_MS;
    while (performance.now() < untilMs);
    await read;
    expect(stream.writableEnded).toBe(false);
    await once(stream, 'finish');
    client.destroy();
    server.close();
  });
});

describe('handlers of streams', () => {
  it('are tracked under either spelling of their method, and others are left alone', () => {
    const definition = {
      Watch: { ...METHOD, originalName: 'watch' },
      Check: { requestStream: false, responseStream: false, originalName: 'check' },
    } as unknown as ServiceDefinition;
    const plain = { watch: () => undefined, check: () => undefined };
    const tracked = trackStreams(definition, plain, calls);
    expect(tracked['watch']).not.toBe(plain.watch);
    expect(tracked['check']).toBe(plain.check);
    expect(Object.keys(tracked)).toEqual(['watch', 'check']);
  });
});
