import { setFlagsFromString } from 'node:v8';

/** Percent by which what is left after a full collection may grow before the next one. */
const GROWTH_PERCENT = 100;

/**
 * Lets the heap double between two full collections, whatever its size. V8 itself lets one of 128 MiB, as in a
 * container, grow by a third, and collects ten times a second at load; a large one it lets quadruple, so that after
 * a flood of calls a single collection stops everybody for a third of a second (docs/benchmarks.md, "The heap").
 * The heap's bound stays what it was.
 */
export function doubleHeapBetweenCollections(): void {
  setFlagsFromString(`--heap-growing-percent=${String(GROWTH_PERCENT)}`);
}
