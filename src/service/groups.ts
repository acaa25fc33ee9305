/** Groups that are told apart, and characters of their texts; what belongs to further ones is counted together. */
const MAX_GROUPS = 10_000;
const MAX_UNITS = 16 * 1024 * 1024;

/** What is counted under one key; `key` is undefined for those that are counted together. */
export interface Group<K, C extends string> {
  readonly key: K | undefined;
  readonly counts: Record<C, number>;
}

/** The greatest groups, and the sums of all others. */
export interface TopGroups<K, C extends string> {
  readonly listed: readonly { readonly key: K; readonly counts: Readonly<Record<C, number>> }[];
  readonly others: {
    /** How many there are; with `areMore` at least so many. */
    readonly groups: number;
    readonly areMore: boolean;
    readonly counts: Readonly<Record<C, number>>;
  };
}

/** Counts by key in bounded memory. Sums are always exact. */
export interface Groups<K, C extends string> {
  /** The group of a key, whose counts the caller raises. */
  of(text: string, key: () => K): Group<K, C>;
  /** The `limit` groups of the lowest rank with most of the first name, the first come first among equals. */
  top(limit: number, rankOf?: (key: K) => number): TopGroups<K, C>;
  /** The keys of all groups that are told apart. */
  keys(): readonly K[];
}

/** Creates groups whose counts have these names. */
export function createGroups<K, C extends string>(
  names: readonly [C, ...C[]],
  maxGroups = MAX_GROUPS,
): Groups<K, C> {
  const none = (): Record<C, number> =>
    Object.fromEntries(names.map((name) => [name, 0])) as Record<C, number>;
  const known = new Map<string, { readonly key: K; readonly counts: Record<C, number> }>();
  const rest: Group<K, C> = { key: undefined, counts: none() };
  let areMore = false;
  let units = 0;
  return {
    of: (text, key) => {
      const found = known.get(text);
      if (found !== undefined) return found;
      if (known.size < maxGroups && units < MAX_UNITS) {
        units += text.length;
        const made = { key: key(), counts: none() };
        known.set(text, made);
        return made;
      }
      areMore = true;
      return rest;
    },
    keys: () => [...known.values()].map(({ key }) => key),
    top: (limit, rankOf = () => 0) => {
      const [by] = names;
      const sorted = [...known.values()].sort(
        (one, other) => rankOf(one.key) - rankOf(other.key) || other.counts[by] - one.counts[by],
      );
      const left = sorted.slice(limit);
      const counts = { ...rest.counts };
      for (const group of left) for (const name of names) counts[name] += group.counts[name];
      const groups = left.length + (areMore ? 1 : 0);
      return { listed: sorted.slice(0, limit), others: { groups, areMore, counts } };
    },
  };
}
