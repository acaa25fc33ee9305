import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';

import { loadDialects } from './load-dialects';
import { digestOf } from './platform/digest';
import type { ComparedPair } from './ports/compare-bundles';
import { compareStored } from './service/events/compare-stored';

/** The least that a thread can be given; the one that decides goes before it. */
const LEAST_PRIORITY = 19;

// On Linux this is the priority of the thread that asks, and elsewhere that of the whole process.
if (process.platform === 'linux') setPriority(LEAST_PRIORITY);

// What rejects here ends the thread, and whoever started it is told.
void compareStored(workerData as ComparedPair, { digestOf, loadDialects }).then((access) => {
  parentPort?.postMessage(access);
});
