import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** Full collections of a process with a small heap, in which much is made and little kept. */
function fullCollections(prepare: string): number {
  const program = `
    const { PerformanceObserver, constants } = require('node:perf_hooks');
    const { requireTypeScript } = require('./test/support/run-typescript.cjs');
    const { doubleSmallHeap } = requireTypeScript(['src/platform'], 'src/platform/heap-growth');
    ${prepare}
    let count = 0;
    const isFull = ({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
    new PerformanceObserver((list) => {
      count += list.getEntries().filter(isFull).length;
    }).observe({ entryTypes: ['gc'] });
    const kept = Array.from({ length: 100_000 }, (_, at) => ({ at, text: 'x' + at, list: [at, at + 1] }));
    const ring = new Array(20_000);
    let made = 0;
    const turn = () => {
      for (let each = 0; each < 2000; each += 1) {
        made += 1;
        ring[made % ring.length] = { made, text: 's' + made, list: new Array(8).fill(made) };
      }
      if (made < 2_000_000) setImmediate(turn);
      else setTimeout(() => console.log(count + ' ' + kept.length), 10);
    };
    turn();`;
  const flags = ['--max-old-space-size=128', '--max-semi-space-size=1'];
  const { stdout } = spawnSync(process.execPath, [...flags, '-e', program], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const [count, kept] = stdout.split(' ').map(Number);
  expect(kept).toBe(100_000);
  return count ?? Number.NaN;
}

/** What a process whose heap may have so many MiB tells V8. */
function toldWith(heapMib: number): string {
  const program = `
    const v8 = require('node:v8');
    const { requireTypeScript } = require('./test/support/run-typescript.cjs');
    const { doubleSmallHeap } = requireTypeScript(['src/platform'], 'src/platform/heap-growth');
    const told = [];
    v8.setFlagsFromString = (flag) => told.push(flag);
    doubleSmallHeap();
    console.log('told ' + told.join());`;
  const flags = [`--max-old-space-size=${String(heapMib)}`, '--max-semi-space-size=1'];
  const { stdout } = spawnSync(process.execPath, [...flags, '-e', program], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return stdout.trim();
}

it.each([
  [128, 'told --heap-growing-percent=100'],
  [1000, 'told --heap-growing-percent=100'],
  [1024, 'told'],
  [4096, 'told'],
])('V8 with a heap of %d MiB: %s', (heapMib, told) => {
  expect(toldWith(heapMib)).toBe(told);
});

describe('a small heap', () => {
  it('is collected as a whole far less often once it may grow', () => {
    const before = fullCollections('');
    expect(before).toBeGreaterThan(5);
    expect(fullCollections('doubleSmallHeap();')).toBeLessThan(before * 0.75);
  });
});
