import fc from 'fast-check';

/** Where generators take their choices from: a property's tape, or a fixed-seed stream. */
export interface Source {
  /** A whole number from 0 to `count` - 1. */
  readonly below: (count: number) => number;
}

/** True in so many of a hundred cases. Zero, to which properties shrink, says no. */
export function chance(source: Source, percent: number): boolean {
  return source.below(100) >= 100 - percent;
}

/** One of the list, which must not be empty; properties shrink to the first. */
export function pick<T>(source: Source, list: readonly T[]): T {
  const one = list[source.below(list.length)];
  if (one === undefined) {
    throw new Error('nothing to pick from');
  }
  return one;
}

/** Each of the list in so many of a hundred cases, in the list's order. */
export function subset<T>(source: Source, list: readonly T[], percent = 50): readonly T[] {
  return list.filter(() => chance(source, percent));
}

/** At least one of the list. */
export function someOf<T>(source: Source, list: readonly T[], percent = 50): readonly T[] {
  const some = subset(source, list, percent);
  return some.length > 0 ? some : [pick(source, list)];
}

/** Made in so many of a hundred cases; for spreading into objects without stating absent fields. */
export function maybe<T extends object>(
  source: Source,
  percent: number,
  make: () => T,
): T | object {
  return chance(source, percent) ? make() : {};
}

/** Choices from a fixed list of numbers; when it is used up, the first choice is taken each time. */
export function tapeSource(tape: readonly number[]): Source {
  let at = 0;
  return {
    below: (count) => {
      const value = tape[at] ?? 0;
      at += 1;
      return value % count;
    },
  };
}

/** An endless stream that only the seed decides (mulberry32). */
export function seededSource(seed: number): Source {
  let state = seed >>> 0;
  return {
    below: (count) => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
    },
  };
}

/** Enough choices for one policy set and one request. */
const TAPE_LENGTH = 1_200;

/** A property's tape: shrinking shortens it, and what it no longer decides becomes the simplest choice. */
export const tapes: fc.Arbitrary<Source> = fc
  .noBias(
    fc.array(fc.nat({ max: 0xffff }), {
      minLength: TAPE_LENGTH,
      maxLength: TAPE_LENGTH,
      size: 'max',
    }),
  )
  .map(tapeSource);

/** An arbitrary from a generator that is written against a source. */
export function arbitrary<T>(make: (source: Source) => T): fc.Arbitrary<T> {
  return fc.integer({ min: 0, max: 0x7fff_ffff }).map((seed) => make(seededSource(seed)));
}
