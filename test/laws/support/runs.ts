import * as fc from 'fast-check';

import { seededSource } from '../../generators/source';
import type { Source } from '../../generators/source';

/** The share of the counts which tests state that is run: half of them, or what `TEST_RUNS` says. */
const SHARE = positive(process.env['TEST_RUNS'], 0.5);

/** The seed of every property: that of the first run, so that all runs of a suite are the same, or `TEST_SEED`. */
export const SEED = Math.trunc(positive(process.env['TEST_SEED'], 20_260_115));

function positive(text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') {
    return fallback;
  }
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) {
    throw new Error(`\`${text}\` is no number above 0; set TEST_RUNS and TEST_SEED to one`);
  }
  return value;
}

/** The number of runs of a property that states `count`. */
export function runs(count: number): number {
  return Math.max(1, Math.round(count * SHARE));
}

/** Counts what a property meets, so that it cannot pass by doing nothing. */
export class Spread {
  private readonly counts = new Map<string, number>();

  /** Counts one more of a kind. */
  add(kind: string): void {
    this.counts.set(kind, this.of(kind) + 1);
  }

  /** How many there were of a kind. */
  of(kind: string): number {
    return this.counts.get(kind) ?? 0;
  }

  /** All counts, for the message of a failure. */
  toString(): string {
    return [...this.counts].map(([kind, count]) => `${kind}: ${String(count)}`).join(', ');
  }

  /** Fails if there were fewer than `least` of some kind, of all that the test states; in a share, fewer do. */
  expectAtLeast(least: number, ...kinds: readonly string[]): void {
    const wanted = Math.floor(least * Math.min(SHARE, 1));
    const missing = kinds.filter((kind) => this.of(kind) < wanted);
    if (missing.length > 0) {
      const words = `fewer than ${String(wanted)} of ${missing.join(', ')}`;
      throw new Error(`${words}; met were ${this.toString()}`);
    }
  }
}

/** Every test has cases of its own. */
const testName = (): string => expect.getState().currentTestName ?? '';

function hashOf(text: string): number {
  let hash = 7;
  for (let i = 0; i < text.length; i += 1) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  }
  return hash;
}

/** Makes something from choices. */
export type Make<T> = (source: Source) => T;

/**
 * Checks a property on so many generated values as the environment says. The message of a failure names the case,
 * which `TEST_CASE` repeats alone, and the seed, which `TEST_SEED` repeats.
 */
export function check<T>(make: Make<T>, count: number, holds: (value: T) => void): void {
  const only = process.env['TEST_CASE'];
  if (only !== undefined) {
    holds(make(seededSource(Number(only))));
    return;
  }
  const property = fc.property(fc.noShrink(fc.nat({ max: 0x7fff_ffff })), (seed) => {
    holds(make(seededSource(seed)));
  });
  const result = fc.check(property, { numRuns: runs(count), seed: SEED ^ hashOf(testName()) });
  if (result.failed) {
    const cause = result.errorInstance instanceof Error ? result.errorInstance.message : 'unknown';
    const how = `TEST_CASE=${String(result.counterexample?.[0])} (seed ${String(SEED)})`;
    throw new Error(`case ${String(result.numRuns)} of ${String(runs(count))}, ${how}: ${cause}`);
  }
}
