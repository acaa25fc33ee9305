// Preloaded into a service of a drill (`--expose-gc --require`): on SIGUSR2 it collects what is garbage and writes a
// line about what is left to the log's neighbour, so that a leak is not mistaken for garbage, nor garbage for a leak.
process.on('SIGUSR2', () => {
  globalThis.gc();
  // What is finalized by the first collection is garbage for the second one.
  setImmediate(() => {
    globalThis.gc();
    const { rss, heapUsed, external } = process.memoryUsage();
    const resources = process.getActiveResourcesInfo().sort();
    process.stderr.write(
      `${JSON.stringify({ msg: 'memory witness', rss, heapUsed, external, resources })}\n`,
    );
  });
});
