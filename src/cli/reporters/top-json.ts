import type { TopGroups } from '../../service/groups';

/** Groups for programs: those that are listed, and the sums of all others. */
export function topJson<K, C extends string>(
  { listed, others }: TopGroups<K, C>,
  keyOf: (key: K) => object,
): object {
  const { groups, areMore, counts } = others;
  return {
    listed: listed.map(({ key, counts: own }) => ({ ...keyOf(key), ...own })),
    others: { groups, areMore, ...counts },
  };
}
