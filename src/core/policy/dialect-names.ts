import type { PolicySet } from '../model/policy-set';
import { foldedId } from './identifier';

/**
 * By name, folded: all names, folded, that any dialect has for a provider which one of them calls so, the id under
 * which catalogs commonly list it among them.
 */
export function dialectNamesLike({
  providerTables,
}: PolicySet): ReadonlyMap<string, readonly string[]> {
  const rows = [...(providerTables ?? [])].flatMap(([, table]) =>
    [...table].map(([name, common]) => ({ name: foldedId(name), common: foldedId(common) })),
  );
  const byCommon = groupNames(
    rows.flatMap(({ name, common }) => [[common, common] as const, [common, name] as const]),
  );
  return groupNames(
    rows.flatMap(({ name, common }) =>
      [name, common].flatMap((each) =>
        (byCommon.get(common) ?? []).map((other) => [each, other] as const),
      ),
    ),
  );
}

/** Names by key, each once. */
export function groupNames(
  pairs: readonly (readonly [key: string, name: string])[],
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, Set<string>>();
  for (const [key, name] of pairs) groups.set(key, (groups.get(key) ?? new Set()).add(name));
  return new Map([...groups].map(([key, names]) => [key, [...names]]));
}
