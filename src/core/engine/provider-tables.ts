import type { PolicySet } from '../model/policy-set';
import { dialectNamesLike, groupNames } from '../policy/dialect-names';
import { canonicalId, foldedId } from '../policy/identifier';

/** What dialects call the providers that files declare (L7, L12). Names and ids are canonical. */
export interface DialectNames {
  /** Every name that some dialect has for a provider, whether or not anything declares the provider. */
  readonly known: ReadonlySet<string>;
  /** By dialect: a name that no file declares, to the declared provider that the dialect means by it. */
  readonly byDialect: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** A name that no file declares, to the declared provider that all dialects which have the name mean by it. */
  readonly agreed: ReadonlyMap<string, string>;
  /**
   * Any known name, folded, to all names that may mean the same provider in any file or dialect, folded too, whether
   * or not a file declares the provider: what a deny entry means.
   */
  readonly alike: ReadonlyMap<string, readonly string[]>;
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
    alike: namesAlike(set, declared),
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
 * A ban holds for whatever may be meant, one step at a time: the provider that a file declares under the name, the
 * providers that any dialect knows under that or under the name, all their names in all dialects, and, where a file
 * declares one of those, its id and aliases.
 */
function namesAlike(set: PolicySet, declared: ReadonlyMap<string, string>): DialectNames['alike'] {
  const owners = groupNames([...declared].map(([name, id]) => [foldedId(name), id]));
  const namesOf = groupNames([...declared].map(([name, id]) => [id, foldedId(name)]));
  const inDialects = dialectNamesLike(set);
  const withOwners = (names: readonly string[]): readonly string[] => [
    ...names,
    ...names.flatMap((name) => owners.get(name) ?? []).flatMap((id) => namesOf.get(id) ?? []),
  ];
  const alike = new Map<string, readonly string[]>();
  for (const name of [...owners.keys(), ...inDialects.keys()]) {
    const meant = withOwners([name]);
    const known = meant.flatMap((each) => inDialects.get(each) ?? []);
    alike.set(name, [...new Set(withOwners([...meant, ...known]))]);
  }
  return alike;
}
