import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/** Bytes below which a heap is small to V8. */
const SMALL_HEAP_BYTES = 1024 * 1024 * 1024;

/** Percent by which what is left after a full collection may grow before the next one. */
const GROWTH_PERCENT = 200;

/**
 * Lets a small heap, such as that of a container, grow by more between two full collections. V8 itself allows one of
 * 128 MiB a third, which the messages of a few hundred calls fill: it then spends more on collecting than the calls
 * cost (docs/benchmarks.md, "In a container"). The heap's bound stays what it was.
 */
export function growSmallHeapFreely(): void {
  if (getHeapStatistics().heap_size_limit >= SMALL_HEAP_BYTES) return;
  setFlagsFromString(`--heap-growing-percent=${String(GROWTH_PERCENT)}`);
}
