import type { PolicySet } from '../model/policy-set';
import { canonicalId, foldedId } from '../policy/identifier';

/** What dialects call the providers that files declare (L7, L12). Names and ids are canonical. */
export interface DialectNames {
  /** Every name that some dialect has for a provider, whether or not anything declares the provider. */
  readonly known: ReadonlySet<string>;
  /** By dialect: a name that no file declares, to the declared provider that the dialect means by it. */
  readonly byDialect: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** A name that no file declares, to the declared provider that all dialects which have the name mean by it. */
  readonly agreed: ReadonlyMap<string, string>;
  /** Any name, folded, to all declared providers that it may mean in any dialect: what a deny entry means. */
  readonly folded: ReadonlyMap<string, readonly string[]>;
}

/** Builds the names once. `declared` are all names that files declare, with the id of each. */
export function indexDialectNames(
  set: PolicySet,
  declared: ReadonlyMap<string, string>,
): DialectNames {
  const rows = [...(set.providerTables ?? [])].flatMap(([dialect, table]) =>
    [...table].map(([name, id]) => ({
      dialect,
      name: canonicalId(name),
      id: declared.get(canonicalId(id)),
      common: canonicalId(id),
    })),
  );
  return {
    known: new Set(rows.map(({ name }) => name)),
    byDialect: namesByDialect(rows, declared),
    agreed: agreedNames(rows, declared),
    folded: foldedNames(rows, declared),
  };
}

/** A row of a dialect's table. */
interface Row {
  readonly dialect: string;
  readonly name: string;
  /** The declared provider; undefined where nothing declares it. */
  readonly id: string | undefined;
  /** The id under which catalogs commonly list it. */
  readonly common: string;
}

function namesByDialect(
  rows: readonly Row[],
  declared: ReadonlyMap<string, string>,
): DialectNames['byDialect'] {
  const all = new Map<string, Map<string, string>>();
  for (const { dialect, name, id } of rows) {
    if (id === undefined || declared.has(name)) continue;
    all.set(dialect, (all.get(dialect) ?? new Map<string, string>()).set(name, id));
  }
  return all;
}

/** Where dialects mean different providers by a name, or one means what nothing declares, it means none. */
function agreedNames(
  rows: readonly Row[],
  declared: ReadonlyMap<string, string>,
): DialectNames['agreed'] {
  const meanings = new Map<string, Set<string | undefined>>();
  for (const { name, id } of rows) {
    if (!declared.has(name)) meanings.set(name, (meanings.get(name) ?? new Set()).add(id));
  }
  const agreed = new Map<string, string>();
  for (const [name, ids] of meanings) {
    const [only] = ids;
    if (ids.size === 1 && only !== undefined) agreed.set(name, only);
  }
  return agreed;
}

/**
 * A ban holds for whatever may be meant: the provider that any dialect has under the name, and every declared one
 * whose own name is, in any dialect, another name of the same provider.
 */
function foldedNames(
  rows: readonly Row[],
  declared: ReadonlyMap<string, string>,
): DialectNames['folded'] {
  const holders = new Map<string, Set<string>>();
  const hold = (common: string, id: string): void => {
    holders.set(common, (holders.get(common) ?? new Set()).add(id));
  };
  for (const { name, common } of rows) {
    for (const each of [name, common]) {
      const id = declared.get(each);
      if (id !== undefined) hold(common, id);
    }
  }
  const folded = new Map<string, Set<string>>();
  for (const { name, common } of rows) {
    for (const each of [name, common]) {
      const key = foldedId(each);
      const ids = folded.get(key) ?? new Set<string>();
      for (const id of holders.get(common) ?? []) ids.add(id);
      if (ids.size > 0) folded.set(key, ids);
    }
  }
  return new Map([...folded].map(([key, ids]) => [key, [...ids]]));
}
