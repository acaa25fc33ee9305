import {
  createWaitingAnswers,
  isWaiting,
  MAX_WAITING,
} from '../../../src/pep/grpc/waiting-answers';

function fakeStream() {
  const calls: string[] = [];
  return {
    calls,
    end: () => void calls.push('end'),
    pause: () => void calls.push('pause'),
    resume: () => void calls.push('resume'),
  };
}

/** Promises that are settled by hand, in any order. */
function later(count: number) {
  const settle: (() => void)[] = [];
  const promises = Array.from(
    { length: count },
    (_, index) =>
      new Promise<number>((resolve) =>
        settle.push(() => {
          resolve(index);
        }),
      ),
  );
  return { promises, settle };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('answers that are waited for', () => {
  it('go on at once where they are there, and end the stream at once', () => {
    const stream = fakeStream();
    const waiting = createWaitingAnswers(stream as never);
    const seen: string[] = [];
    waiting.for('a', (value) => seen.push(value));
    expect([seen, isWaiting(stream)]).toEqual([['a'], false]);
    waiting.endAfterwards();
    expect(stream.calls).toEqual(['end']);
  });

  it('end the stream after the last of them, in whatever order they come', async () => {
    const stream = fakeStream();
    const waiting = createWaitingAnswers(stream as never);
    const { promises, settle } = later(2);
    const seen: number[] = [];
    for (const each of promises) waiting.for(each, (value) => seen.push(value));
    waiting.endAfterwards();
    settle[1]?.();
    await turn();
    expect([seen, stream.calls, isWaiting(stream)]).toEqual([[1], [], true]);
    settle[0]?.();
    await turn();
    expect([seen, stream.calls, isWaiting(stream)]).toEqual([[1, 0], ['end'], false]);
  });

  it('are bounded: beyond it nothing more is read, until one is given', async () => {
    const stream = fakeStream();
    const waiting = createWaitingAnswers(stream as never);
    const { promises, settle } = later(MAX_WAITING);
    for (const each of promises) waiting.for(each, () => undefined);
    expect(stream.calls).toEqual(['pause']);
    settle[7]?.();
    await turn();
    expect(stream.calls).toEqual(['pause', 'resume']);
  });
});
