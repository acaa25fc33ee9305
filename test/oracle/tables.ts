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

/** All names of the providers that files declare under one of the names, in any case. */
function declaredNames(names: readonly string[], { documents }: PolicySet): readonly string[] {
  return documents
    .flatMap(({ document }) => document.providers)
    .map(({ id, aliases }) => [id, ...aliases].map((name) => name.toLowerCase()))
    .filter((own) => own.some((name) => names.includes(name)))
    .flat();
}

/**
 * True if a ban of the name, in any case, may mean the provider, by whatever name it goes: one that a file declares
 * under the name; one that a dialect knows under the name or under one of those; or another name of either.
 */
export function mayMean(name: string, provider: string, { set }: World): boolean {
  const rows = rowsOf(set).map((row) => ({
    names: [row.name.toLowerCase(), row.common.toLowerCase()],
    common: row.common.toLowerCase(),
  }));
  const named = [name.toLowerCase()];
  const meant = [...named, ...declaredNames(named, set)];
  const commons = rows
    .filter((row) => row.names.some((each) => meant.includes(each)))
    .map(({ common }) => common);
  const known = rows.filter(({ common }) => commons.includes(common)).flatMap((row) => row.names);
  const all = [...meant, ...known];
  return [...all, ...declaredNames(all, set)].includes(provider.toLowerCase());
}
