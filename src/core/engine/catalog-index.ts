import type { Claim, ClaimName } from '../model/claim';
import type { TargetDeclaration } from '../model/catalog';
import type { PolicySet } from '../model/policy-set';
import { canonicalId, foldedId } from '../policy/identifier';
import type { CatalogIndex, CatalogTarget, Placed, Statement, StatementTable } from './bundle';
import { joinKey } from './bundle';
import { hostOf } from './host';
import { indexDialectNames } from './provider-tables';

/** Builds every lookup over the catalog of a set, once. */
export function indexCatalog(set: PolicySet): CatalogIndex {
  const providers = placeAll(set, (document) => document.providers);
  const endpoints = placeAll(set, (document) => document.endpoints);
  const credentials = placeAll(set, (document) => document.credentials);
  const providerNames = nameProviders(providers);
  const nameOf = (name: string): string =>
    providerNames.get(canonicalId(name)) ?? canonicalId(name);
  const targets = mergeTargets(
    placeAll(set, (document) => document.targets),
    nameOf,
  );
  const inProvider = (each: { id: string; provider: string }): string =>
    joinKey(nameOf(each.provider), canonicalId(each.id));
  const idOf = (each: { id: string }): string => canonicalId(each.id);
  return {
    targets,
    byId: groupBy(targets, (target) => [target.identity.id]),
    byProviderModel: groupBy(targets, ({ identity }) => [
      joinKey(identity.provider, identity.model),
    ]),
    byServedName: groupBy(targets, servedNames),
    byPool: groupBy(targets, ({ declaration: { pool } }) => (pool === undefined ? [] : [pool])),
    providers: groupBy(providers, ({ declaration }) => [idOf(declaration)]),
    endpoints: groupBy(endpoints, ({ declaration }) => [inProvider(declaration)]),
    credentials: groupBy(credentials, ({ declaration }) => [inProvider(declaration)]),
    endpointsByHost: groupBy(endpoints, ({ declaration: { baseUrl } }) =>
      baseUrl === undefined ? [] : [hostOf(baseUrl)],
    ),
    endpointsOf: groupBy(endpoints, ({ declaration }) => [nameOf(declaration.provider)]),
    credentialsOf: groupBy(credentials, ({ declaration }) => [nameOf(declaration.provider)]),
    providerNames,
    dialectNames: indexDialectNames(set, providerNames),
    foldedProviderNames: new Set([...providerNames.keys()].map(foldedId)),
    foldedTargetIds: new Set(targets.map(({ identity }) => foldedId(identity.id))),
    providerTables: tablesBy(providers, idOf),
    endpointTables: tablesBy(endpoints, inProvider),
    credentialTables: tablesBy(credentials, inProvider),
  };
}

function placeAll<T>(
  set: PolicySet,
  pick: (document: PolicySet['documents'][number]['document']) => readonly T[],
): readonly Placed<T>[] {
  return set.documents.flatMap(({ document }, index) =>
    pick(document).map((declaration) => ({ declaration, document: index })),
  );
}

function nameProviders(
  providers: readonly Placed<{ id: string; aliases: readonly string[] }>[],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { declaration } of providers) {
    for (const alias of declaration.aliases)
      names.set(canonicalId(alias), canonicalId(declaration.id));
  }
  // An id wins over another provider's alias, so that no alias can take a provider's name.
  for (const { declaration } of providers) {
    names.set(canonicalId(declaration.id), canonicalId(declaration.id));
  }
  return names;
}

/** Declarations of one id and one identity become one target; others of the same id stay apart. */
function mergeTargets(
  placed: readonly Placed<TargetDeclaration>[],
  nameOf: (name: string) => string,
): readonly CatalogTarget[] {
  const groups = new Map<string, Placed<TargetDeclaration>[]>();
  for (const each of placed) {
    const key = identityKey(each.declaration, nameOf);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...groups.values()].map((group, index) => mergeGroup(group, index, nameOf));
}

function identityKey(target: TargetDeclaration, nameOf: (name: string) => string): string {
  return JSON.stringify([
    canonicalId(target.id),
    nameOf(target.provider),
    canonicalId(target.model),
    target.endpoint ?? null,
    target.region ?? null,
    target.credential ?? null,
  ]);
}

function mergeGroup(
  group: readonly Placed<TargetDeclaration>[],
  index: number,
  nameOf: (name: string) => string,
): CatalogTarget {
  const [first] = group;
  if (first === undefined) throw new Error('a group of declarations is never empty');
  const { declaration } = first;
  return {
    index,
    declaration,
    declarations: group,
    identity: {
      id: canonicalId(declaration.id),
      provider: nameOf(declaration.provider),
      model: canonicalId(declaration.model),
      ...(declaration.region === undefined ? {} : { region: canonicalId(declaration.region) }),
      ...(declaration.endpoint === undefined
        ? {}
        : { endpoint: canonicalId(declaration.endpoint) }),
      ...(declaration.credential === undefined
        ? {}
        : { credential: canonicalId(declaration.credential) }),
    },
    documents: [...new Set(group.map(({ document }) => document))],
    targetTable: tableOf(group.filter((each) => each.declaration.claimsStatedOn === 'target')),
    credentialTable: tableOf(
      group.filter((each) => each.declaration.claimsStatedOn === 'credential'),
    ),
  };
}

function servedNames({ declarations }: CatalogTarget): readonly string[] {
  const names = declarations.flatMap(({ declaration: { serves, model } }) => serves ?? [model]);
  return [...new Set(names.map(canonicalId))];
}

function tablesBy<T extends { readonly claims: readonly Claim[] }>(
  placed: readonly Placed<T>[],
  keyOf: (declaration: T) => string,
): ReadonlyMap<string, StatementTable> {
  const groups = groupBy(placed, ({ declaration }) => [keyOf(declaration)]);
  return new Map([...groups].map(([key, group]) => [key, tableOf(group)]));
}

function tableOf(placed: readonly Placed<{ readonly claims: readonly Claim[] }>[]): StatementTable {
  const statements = placed.flatMap(({ declaration, document }) =>
    declaration.claims.map((claim): Statement => ({ claim, document })),
  );
  return groupBy<Statement, ClaimName>(statements, ({ claim }) => [claim.name]);
}

function groupBy<T, K = string>(
  values: readonly T[],
  keysOf: (value: T) => readonly K[],
): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    for (const key of keysOf(value)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [value]);
      else group.push(value);
    }
  }
  return groups;
}
