import { Worker } from 'node:worker_threads';

import type { AccessChange, CompareBundles, ComparedPair } from '../ports/compare-bundles';
import { errorCodeOf } from './error-code';

/** What a comparison may take. */
export interface CompareLimits {
  readonly timeMs: number;
  /** Of the thread's JavaScript heap. */
  readonly heapMib: number;
}

/** Twice what the questions take that are asked at most. */
const TIME_MS = 120_000;

/** A catalog of five thousand targets takes less. */
const MOST_HEAP_MIB = 256;

/** Takes at most half of the memory that is left, so that the service is not ended by its container's limit. */
function limitsNow(): CompareLimits {
  const leftMib = process.availableMemory() / 1024 / 1024;
  return { timeMs: TIME_MS, heapMib: Math.min(MOST_HEAP_MIB, Math.floor(leftMib / 2)) };
}

/** With less, a thread cannot even begin, and might take the process with it. */
const LEAST_HEAP_MIB = 32;

const TOO_LARGE = { known: false, why: 'too_large_to_compare' } as const;

/**
 * Compares each pair in a thread of its own, which runs the file, is given the pair as its data, and posts what it
 * finds. A thread that ends without an answer is a defect; one that needs too much is ended, and that is an answer.
 */
export function compareInThread(file: string, limitsOf = limitsNow): CompareBundles {
  return (pair) => {
    const limits = limitsOf();
    return limits.heapMib < LEAST_HEAP_MIB
      ? Promise.resolve(TOO_LARGE)
      : answerOf(startThread(file, pair, limits), limits.timeMs);
  };
}

function startThread(file: string, pair: ComparedPair, { heapMib }: CompareLimits): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: heapMib };
  const worker = new Worker(file, { workerData: pair, resourceLimits });
  // The service ends whether or not it is known by then who gains what.
  worker.unref();
  return worker;
}

function answerOf(worker: Worker, timeMs: number): Promise<AccessChange> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      resolve(TOO_LARGE);
      void worker.terminate();
    }, timeMs).unref();
    worker.once('message', resolve);
    worker.once('error', (error) => {
      if (errorCodeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY') resolve(TOO_LARGE);
      else reject(error);
    });
    worker.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`a comparison ended without an answer, with code ${String(code)}`));
    });
  });
}
