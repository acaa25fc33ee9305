/** Where generators take their choices from. */
export interface Source {
  /** A whole number from 0 to `count` - 1. */
  readonly below: (count: number) => number;
}

/** True in so many of a hundred cases. */
export function chance(source: Source, percent: number): boolean {
  return source.below(100) >= 100 - percent;
}

/** One of the list, which must not be empty. */
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
