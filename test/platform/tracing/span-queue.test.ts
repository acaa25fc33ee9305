import * as fc from 'fast-check';

import { createSpanQueue } from '../../../src/platform/tracing/span-queue';
import type { SpanQueue } from '../../../src/platform/tracing/span-queue';
import type { SpanRecord } from '../../../src/platform/tracing/span-record';
import { runs, Spread } from '../../laws/support/runs';
import { createManualTimers, settle, type ManualTimers } from '../../service/sinks/simulation';

/** What the queue is documented to hold, and to send at once, in calls. */
const ROOM = 2048;
const BATCH = 256;

/** Spans of one call here: its own, and that of its only step. */
const SPANS = 2;

const PAUSE_MS = 5000;

/** Long enough that no batch of a test ends by it. */
const TIMEOUT_MS = 600_000;

const call = (number: number): SpanRecord => ({
  ...{ traceId: 'a'.repeat(32), spanId: String(number).padStart(16, '0'), name: 'call' },
  ...{ startedMs: 0, durationMs: 1, hasFailed: false, attributes: {} },
  steps: [{ spanId: 'b'.repeat(16), name: 'decide', beganMs: 0, endedMs: 1 }],
});

/** A queue whose receiver answers when a test says so. */
interface Rig {
  readonly queue: SpanQueue;
  readonly timers: ManualTimers;
  readonly problems: (string | undefined)[];
  /** The calls of each batch, in the order of sending. */
  readonly batches: (readonly SpanRecord[])[];
  /** Ends the batch under way: so many spans were refused, or it failed for a reason. False: none is. */
  answer(refused: number | Error): Promise<boolean>;
  add(count: number): void;
}

function createRig(): Rig {
  const timers = createManualTimers();
  const problems: (string | undefined)[] = [];
  const batches: (readonly SpanRecord[])[] = [];
  let open: { resolve(refused: number): void; reject(error: Error): void } | undefined;
  let added = 0;
  const queue = createSpanQueue({
    ...{ timers, timeoutMs: TIMEOUT_MS, onProblem: (problem) => problems.push(problem) },
    send: (batch, signal) => {
      batches.push(batch);
      return new Promise((resolve, reject) => {
        open = { resolve, reject };
        signal.addEventListener('abort', () => {
          reject(new Error('given up'));
        });
      });
    },
  });
  return {
    ...{ queue, timers, problems, batches },
    add: (count) => {
      for (let each = 0; each < count; each += 1) queue.add(call((added += 1)));
    },
    answer: async (answer) => {
      const ended = open;
      open = undefined;
      if (answer instanceof Error) ended?.reject(answer);
      else ended?.resolve(answer);
      await settle();
      return ended !== undefined;
    },
  };
}

describe('the queue of spans', () => {
  it('holds no more than there is room for, and counts every span beyond it', async () => {
    const rig = createRig();
    rig.add(BATCH + ROOM);
    expect(rig.queue.counts()).toEqual({ sent: 0, lost: 0 });
    rig.add(7);
    expect(rig.queue.counts()).toEqual({ sent: 0, lost: 7 * SPANS });
    while (await rig.answer(0)) if (rig.timers.waits().length > 0) await rig.timers.next();
    const calls = BATCH + ROOM;
    expect(rig.queue.counts()).toEqual({ sent: calls * SPANS, lost: 7 * SPANS });
    expect(rig.batches.map(({ length }) => length)).toEqual(
      Array.from({ length: calls / BATCH }, () => BATCH),
    );
    const ids = rig.batches.flat().map(({ spanId }) => Number(spanId));
    expect(ids).toEqual(Array.from({ length: calls }, (_, index) => index + 1));
  });

  it('counts a batch that failed, says so once, and tries the next one after a pause', async () => {
    const rig = createRig();
    rig.add(BATCH + 3);
    await rig.answer(new Error('no route'));
    expect(rig.queue.counts()).toEqual({ sent: 0, lost: BATCH * SPANS });
    expect(rig.timers.waits()).toEqual([PAUSE_MS]);
    // Nothing hurries a receiver that fails.
    rig.add(BATCH);
    expect(rig.batches).toHaveLength(1);
    await rig.timers.next();
    await rig.answer(new Error('no route'));
    expect(rig.problems).toEqual(['no route']);
    await rig.timers.next();
    await rig.answer(0);
    expect(rig.problems).toEqual(['no route', undefined]);
    expect(rig.queue.counts()).toEqual({ sent: 3 * SPANS, lost: 2 * BATCH * SPANS });
  });

  it('counts the spans that a receiver refuses, and never more than it was sent', async () => {
    const rig = createRig();
    rig.add(BATCH);
    await rig.answer(5);
    expect(rig.queue.counts()).toEqual({ sent: BATCH * SPANS - 5, lost: 5 });
    rig.add(BATCH);
    await rig.timers.next();
    await rig.answer(1_000_000);
    expect(rig.queue.counts()).toEqual({ sent: BATCH * SPANS - 5, lost: 5 + BATCH * SPANS });
  });

  it('counts what a receiver that does not answer leaves behind at the end, and all that comes later', async () => {
    const rig = createRig();
    rig.add(BATCH + 10);
    const stopped = rig.queue.stop(1000);
    rig.add(1);
    expect(rig.timers.waits()).toEqual([1000]);
    await rig.timers.next();
    await stopped;
    expect(rig.queue.counts()).toEqual({ sent: 0, lost: (BATCH + 11) * SPANS });
  });
});

const STEPS = ['burst', 'few', 'taken', 'refused in part', 'failed', 'time passes'] as const;

type Step = (typeof STEPS)[number];

const spread = new Spread();

async function play(rig: Rig, step: Step): Promise<number> {
  if (step === 'burst' || step === 'few') {
    const count = step === 'burst' ? 700 : 5;
    rig.add(count);
    return count;
  }
  if (step === 'time passes') await rig.timers.next();
  else if (await rig.answer(ANSWERS[step])) spread.add(step);
  return 0;
}

const ANSWERS = { taken: 0, 'refused in part': 3, failed: new Error('no route') } as const;

/** No span is counted twice or not at all, and no more are open than are allowed to be. */
async function playAll(steps: readonly Step[]): Promise<readonly string[]> {
  const rig = createRig();
  const wrong: string[] = [];
  let added = 0;
  for (const step of steps) {
    added += await play(rig, step);
    const { sent, lost } = rig.queue.counts();
    const open = added * SPANS - sent - lost;
    if (open < 0 || open > (ROOM + BATCH) * SPANS) wrong.push(`${step}: ${String(open)} are open`);
    if (open >= ROOM * SPANS) spread.add('full');
  }
  const stopped = rig.queue.stop(1000);
  while (await rig.timers.next());
  await stopped;
  const { sent, lost } = rig.queue.counts();
  if (sent + lost !== added * SPANS)
    wrong.push(`${String(sent)} + ${String(lost)} of ${String(added)}`);
  return wrong;
}

test('whatever a receiver does, every span is sent or counted as lost', async () => {
  const steps = fc.array(fc.constantFrom(...STEPS), { minLength: 40, maxLength: 40 });
  const property = fc.asyncProperty(steps, async (all) => {
    expect(await playAll(all)).toEqual([]);
  });
  await fc.assert(property, { numRuns: runs(60) });
  spread.expectAtLeast(20, 'taken', 'refused in part', 'failed', 'full');
});

test('what never settles holds up no end, and is counted as lost', async () => {
  const timers = createManualTimers();
  const queue = createSpanQueue({
    ...{ timers, timeoutMs: TIMEOUT_MS, onProblem: () => undefined },
    send: () => new Promise(() => undefined),
  });
  for (let number = 0; number < BATCH + 1; number += 1) queue.add(call(number));
  const stopped = queue.stop(1000);
  await timers.next();
  await stopped;
  expect(queue.counts()).toEqual({ sent: 0, lost: (BATCH + 1) * SPANS });
});
