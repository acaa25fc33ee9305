import { spreadOf } from './statistics';
import type { Spread } from './statistics';

/** Milliseconds that a batch takes at least, so that the clock's resolution does not matter. */
const BATCH_MS = 5;

/** Batches that are measured, and those before them that only warm. */
const BATCHES = 21;
const WARM_BATCHES = 8;

const NANOSECONDS_PER_MILLISECOND = 1e6;

/** What a measured function returns goes here, so that the compiler cannot leave it out. */
let sink: unknown;

/** Nanoseconds of one call of a function that is called again and again. `work` gets the number of the call. */
export function timeOften(work: (call: number) => unknown): Spread {
  const calls = callsInBatch(work);
  for (let batch = 0; batch < WARM_BATCHES; batch += 1) timeBatch(work, calls);
  return spreadOf(Array.from({ length: BATCHES }, () => timeBatch(work, calls)));
}

function callsInBatch(work: (call: number) => unknown): number {
  let calls = 1;
  while ((timeBatch(work, calls) * calls) / NANOSECONDS_PER_MILLISECOND < BATCH_MS) calls *= 2;
  return calls;
}

function timeBatch(work: (call: number) => unknown, calls: number): number {
  const startMs = performance.now();
  for (let call = 0; call < calls; call += 1) sink = work(call);
  return ((performance.now() - startMs) * NANOSECONDS_PER_MILLISECOND) / calls;
}

/** Nanoseconds of single calls, each on what `prepare` has just made; that is not timed. */
export function timeFresh<T>(
  prepare: () => T,
  work: (prepared: T) => unknown,
  calls: number,
): Spread {
  const times = Array.from({ length: calls }, () => {
    const prepared = prepare();
    const start = process.hrtime.bigint();
    sink = work(prepared);
    return Number(process.hrtime.bigint() - start);
  });
  return spreadOf(times.slice(times.length >> 2));
}

/** The last result, for whoever wants to see that there was one. */
export function lastResult(): unknown {
  return sink;
}
