import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/** Bytes of a heap's bound below which V8 lets it grow by little. */
const SMALL_HEAP_BYTES = 1024 * 1024 * 1024;

/** Percent by which what is left after a full collection may grow before the next one. */
const GROWTH_PERCENT = 100;

/**
 * Lets a small heap, such as that of a container, double between two full collections. V8 itself lets one of 128 MiB
 * grow by a third, and collects ten times a second at load (docs/benchmarks.md, "The heap"). A large one is left as V8
 * has it: doubling shortens its longest pauses after a flood, and makes them frequent. The heap's bound stays.
 */
export function doubleSmallHeap(): void {
  if (getHeapStatistics().heap_size_limit >= SMALL_HEAP_BYTES) return;
  setFlagsFromString(`--heap-growing-percent=${String(GROWTH_PERCENT)}`);
}
