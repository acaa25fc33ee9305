// Preloaded into a service of a drill (`--require`): its files are on a disk that does what the file DRILL_DISK says, as
// JSON, at each operation. `open`, `write`, `sync`: the code that it fails with; `takesPart`: one write takes half of what
// it is given; `delayMs`: how long a sync takes; `hangs`: a sync comes back once the file says something else. Counters
// and locks are written by other ways, and are not touched.
const { readFileSync } = require('node:fs');
const promises = require('node:fs/promises');
const { setTimeout } = require('node:timers/promises');

/** Milliseconds between two looks at whether a disk that hangs goes on. */
const POLL_MS = 20;

const state = () => JSON.parse(readFileSync(process.env.DRILL_DISK, 'utf8'));

function fail(code) {
  if (code !== undefined) throw Object.assign(new Error(`${code}: of the drill`), { code });
}

async function beforeSync() {
  const { sync, delayMs = 0 } = state();
  if (delayMs > 0) await setTimeout(delayMs);
  while (state().hangs === true) await setTimeout(POLL_MS);
  fail(sync);
}

function onDisk(file) {
  const { write, writeFile, sync, datasync } = file;
  let hasTaken = false;
  return Object.assign(file, {
    write: (bytes, offset, length) => {
      const { write: code, takesPart = false } = state();
      if (!takesPart || hasTaken) fail(code);
      hasTaken = true;
      return write.call(file, bytes, offset, takesPart ? Math.ceil(length / 2) : length);
    },
    writeFile: async (text) => {
      fail(state().write);
      return writeFile.call(file, text);
    },
    sync: async () => {
      await beforeSync();
      return sync.call(file);
    },
    datasync: async () => {
      await beforeSync();
      return datasync.call(file);
    },
  });
}

const { open } = promises;
promises.open = async (path, flags, mode) => {
  if (flags !== 'r') fail(state().open);
  return onDisk(await open(path, flags, mode));
};
