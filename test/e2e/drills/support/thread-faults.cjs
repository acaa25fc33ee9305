// Preloaded into a service of a drill (`--require`), and so into each of its threads: what happens to the thread in which
// bundles are compared, before it has begun.
const { isMainThread } = require('node:worker_threads');

const FAULTS = {
  hangs: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  throws: () => {
    throw new Error('a defect of the drill');
  },
  exits: () => process.exit(3),
  grows: () => {
    const held = [];
    for (;;) held.push(new Array(1000).fill(held.length));
  },
};

if (!isMainThread) FAULTS[process.env.DRILL_THREAD]?.();
