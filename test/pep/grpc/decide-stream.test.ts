import { Duplex } from 'node:stream';

import { status } from '@grpc/grpc-js';
import type { ServerDuplexStream } from '@grpc/grpc-js';

import { DecideStreamResponse } from '../../../src/gen/ambit/v1/decision_service';
import { createStreamHandler } from '../../../src/pep/grpc/decide-stream';
import type { StreamAsk } from '../../../src/pep/grpc/decode-request';
import type { AskFromWire } from '../../../src/pep/grpc/from-wire';
import type { Incoming } from '../../../src/pep/incoming';
import type { Reply } from '../../../src/pep/unary';
import { ask } from '../../service/support/asks';
import type { Soon } from '../../../src/service/soon';
import { MAX_WAITING } from '../../../src/pep/grpc/waiting-answers';
import { createTestRules } from '../support/test-rules';

/** A stream of which the test says when an answer is on its way. */
class SlowStream extends Duplex {
  readonly answers: DecideStreamResponse[] = [];
  private readonly waiting: (() => void)[] = [];

  constructor(highWaterMark = 16) {
    super({ objectMode: true, highWaterMark });
  }

  override _read(): void {
    // Requests are pushed by the test.
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.answers.push(DecideStreamResponse.decode(chunk));
    this.waiting.push(done);
  }

  /** Lets the oldest answer go. */
  sent(): void {
    this.waiting.shift()?.();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const { rules, defects } = createTestRules();

function handle(
  stream: SlowStream,
  decide: (read: AskFromWire) => Soon<Reply<Uint8Array>> = () => ({ answer: new Uint8Array() }),
): void {
  const handler = createStreamHandler(decide, rules);
  const call = Object.assign(stream, { getDeadline: () => Infinity });
  handler(call as unknown as ServerDuplexStream<Incoming<StreamAsk>, Uint8Array>);
}

/** A request that was read. */
const request = (requestId: string): Incoming<StreamAsk> => ({
  message: { requestId, read: { ask: ask({ requestId }) } },
});

const told = ({ answers }: SlowStream): readonly unknown[] =>
  answers.map(({ requestId, result }) => [
    requestId,
    result?.$case === 'error' ? result.value.code : result?.$case,
  ]);

describe('a request id', () => {
  it('in flight is refused, and the one in flight is left alone', async () => {
    const stream = new SlowStream();
    handle(stream);
    for (const id of ['a', 'a', 'b']) stream.push(request(id));
    await settled();
    for (let index = 0; index < 3; index += 1) stream.sent();
    await settled();
    expect(told(stream)).toEqual([
      ['a', 'decision'],
      ['a', status.INVALID_ARGUMENT],
      ['b', 'decision'],
    ]);
  });

  it('that was refused meanwhile stays in flight until its answer is sent', async () => {
    const stream = new SlowStream();
    handle(stream);
    for (const id of ['a', 'a', 'a']) stream.push(request(id));
    await settled();
    stream.sent();
    await settled();
    stream.push(request('a'));
    await settled();
    for (let index = 0; index < 3; index += 1) stream.sent();
    expect(told(stream).map((each) => (each as unknown[])[1])).toEqual([
      'decision',
      status.INVALID_ARGUMENT,
      status.INVALID_ARGUMENT,
      'decision',
    ]);
  });

  it('that is missing is never in flight', async () => {
    const stream = new SlowStream();
    const failure = { code: status.INVALID_ARGUMENT, details: 'planted' };
    handle(stream);
    for (let index = 0; index < 3; index += 1) stream.push({ failure });
    await settled();
    for (let index = 0; index < 3; index += 1) stream.sent();
    await settled();
    expect(stream.answers.map(({ result }) => result)).toEqual(
      Array(3).fill({ $case: 'error', value: { code: failure.code, message: 'planted' } }),
    );
  });
});

describe('a stream', () => {
  it('that the service has ended decides nothing more', async () => {
    const stream = new SlowStream();
    let decisions = 0;
    handle(stream, () => {
      decisions += 1;
      return { answer: new Uint8Array() };
    });
    stream.push(request('a'));
    await settled();
    stream.end();
    stream.push(request('b'));
    await settled();
    stream.sent();
    expect(told(stream)).toEqual([['a', 'decision']]);
    expect(decisions).toBe(1);
  });

  it('goes on after a defect, which tells the client nothing', async () => {
    const stream = new SlowStream();
    handle(stream, (read) => {
      if ('ask' in read && read.ask.requestId === 'bad') throw new Error('planted');
      return { answer: new Uint8Array() };
    });
    for (const id of ['bad', 'good']) stream.push(request(id));
    await settled();
    stream.sent();
    stream.sent();
    await settled();
    expect(told(stream)).toEqual([
      ['bad', status.INTERNAL],
      ['good', 'decision'],
    ]);
    expect(JSON.stringify(stream.answers)).not.toContain('planted');
    expect(defects).toEqual([new Error('planted')]);
  });

  it('ends when its client has said all, after the last answer', async () => {
    const stream = new SlowStream();
    handle(stream);
    stream.push(request('a'));
    stream.push(null);
    await settled();
    expect(stream.writableFinished).toBe(false);
    stream.sent();
    await settled();
    expect(stream.writableFinished).toBe(true);
    expect(stream.answers).toHaveLength(1);
  });

  it('reads no further while its client does not read', async () => {
    const stream = new SlowStream(1);
    let decided = 0;
    handle(stream, () => {
      decided += 1;
      return { answer: new Uint8Array() };
    });
    for (let index = 0; index < 10; index += 1) stream.push(request(`r${String(index)}`));
    await settled();
    expect(decided).toBe(1);
    expect(stream.isPaused()).toBe(true);
    while (decided < 10) {
      stream.sent();
      await settled();
    }
    expect(stream.answers.at(-1)?.requestId).toBe('r9');
  });

  it('has no more answers waiting than it may, however slowly its client reads those that are given', async () => {
    const stream = new SlowStream(1);
    const give: (() => void)[] = [];
    let [waiting, most] = [0, 0];
    handle(stream, () => {
      most = Math.max(most, (waiting += 1));
      return new Promise((resolve) => {
        give.push(() => {
          waiting -= 1;
          resolve({ answer: new Uint8Array() });
        });
      });
    });
    const count = 4 * MAX_WAITING;
    for (let index = 0; index < count; index += 1) stream.push(request(`r${String(index)}`));
    await settled();
    expect(most).toBe(MAX_WAITING);
    for (let given = 0; given < count; given += 1) {
      give.shift()?.();
      await settled();
      stream.sent();
      await settled();
    }
    expect([most, stream.answers.length]).toEqual([MAX_WAITING, count]);
    expect(stream.listenerCount('drain')).toBe(0);
  });

  it('that breaks harms nobody', async () => {
    const stream = new SlowStream();
    handle(stream);
    stream.push(request('a'));
    await settled();
    stream.destroy(new Error('broken'));
    await settled();
    expect(stream.destroyed).toBe(true);
  });
});
