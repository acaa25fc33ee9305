import type { PolicySet } from '../../src/core/model/policy-set';
import type { World } from './types';

/** One row of a dialect's table: its name for a provider, and the id under which catalogs list it. */
interface Row {
  readonly dialect: string;
  readonly name: string;
  readonly common: string;
}

function rowsOf({ providerTables }: PolicySet): readonly Row[] {
  return [...(providerTables ?? [])].flatMap(([dialect, table]) =>
    [...table].map(([name, common]) => ({ dialect, name, common })),
  );
}

/** The id of the provider that some file of the bundle declares under the name. */
function declaredId(name: string, { documents }: PolicySet): string | undefined {
  const providers = documents.flatMap(({ document }) => document.providers);
  const owner =
    providers.find(({ id }) => id === name) ??
    providers.findLast(({ aliases }) => aliases.includes(name));
  return owner?.id;
}

/** True if some dialect has the name for a provider. */
export function isDialectName(name: string, { set }: World): boolean {
  return rowsOf(set).some((row) => row.name === name);
}

/** What a policy's own dialect means by a name that no file declares, where the policy can see the provider. */
export function dialectProvider(
  name: string,
  dialect: string,
  view: World['files'],
  { set }: World,
): string | undefined {
  if (declaredId(name, set) !== undefined) return undefined;
  const row = rowsOf(set).find((one) => one.dialect === dialect && one.name === name);
  const id = row === undefined ? undefined : declaredId(row.common, set);
  const seen = view.some(({ document }) => document.providers.some((one) => one.id === id));
  return seen ? id : undefined;
}

/** What all dialects that have a name mean by it, where no file declares it and they agree. */
export function agreedProvider(name: string, { set }: World): string | undefined {
  if (declaredId(name, set) !== undefined) return undefined;
  const ids = rowsOf(set)
    .filter((row) => row.name === name)
    .map(({ common }) => declaredId(common, set));
  return ids.every((id) => id === ids[0]) ? ids[0] : undefined;
}

/**
 * True if a ban of the name, in any case, may mean the provider: some dialect has one of its rows under the name,
 * and the provider is declared under that row's common id, or under any dialect's name for that common id.
 */
export function mayMean(name: string, provider: string, { set }: World): boolean {
  const lower = name.toLowerCase();
  const rows = rowsOf(set);
  const commons = rows
    .filter((row) => [row.name, row.common].some((each) => each.toLowerCase() === lower))
    .map(({ common }) => common);
  return rows.some(
    (row) =>
      commons.includes(row.common) &&
      [row.name, row.common].some((each) => declaredId(each, set) === provider),
  );
}
