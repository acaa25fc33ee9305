import type { Finding } from '../model/finding';
import type { ListEntry, TargetPattern } from '../model/policy';
import type { PolicySet } from '../model/policy-set';
import { formatPosition } from '../model/source-position';
import { dialectNamesLike } from './dialect-names';
import { foldedId } from './identifier';
import { indexIdentities } from './identity-index';
import { profileRegions } from './model-name';
import { setFinding } from './set-finding';
import { EXACT, FOLDED, matchesPattern, type TargetIdentity } from './target-pattern';

/**
 * List entries that match nothing. A deny entry stays in force, but in a native file it is an error: a
 * misspelt ban bans nothing (L12). An allow entry that matches nothing is only dead weight.
 */
export function checkDenyEntries(set: PolicySet): readonly Finding[] {
  const found = unmatchedEntries(set);
  return hasCatalog(set) ? found : onceWithoutCatalog(found);
}

function hasCatalog(set: PolicySet): boolean {
  return set.documents.some(
    ({ document }) => document.targets.length > 0 || document.providers.length > 0,
  );
}

/** Without any catalog every allow entry would be found, for one cause. What is denied is still found one by one. */
function onceWithoutCatalog(found: readonly Finding[]): readonly Finding[] {
  const first = found.find(({ code }) => code === 'allow_matches_nothing');
  const others = found.filter(({ code }) => code !== 'allow_matches_nothing');
  if (first === undefined) return others;
  const message = 'no file declares a provider or target, so no allow entry matches anything';
  return [{ ...first, message, help: 'add the file of the catalog' }, ...others];
}

function unmatchedEntries(set: PolicySet): readonly Finding[] {
  const targets = catalogIdentities(set);
  const find = { deny: indexIdentities(targets, FOLDED), allow: indexIdentities(targets, EXACT) };
  const providerOf = providerNames(set);
  const open = openProviders(set);
  const alike = dialectNamesLike(set);
  // A ban means whatever any dialect calls so (L12).
  const others = (name = ''): readonly ((text: string) => string)[] =>
    (alike.get(foldedId(name)) ?? []).map((each) => () => providerOf(each));
  return set.documents.flatMap(({ document }) =>
    document.policies.flatMap(({ lists, providerNames: dialect = document.dialect }) => {
      const own = (name: string): string => providerOf(name, dialect);
      return lists.flatMap(({ entries, effect }) => {
        const form = effect === 'deny' ? FOLDED : EXACT;
        const isMeant = ({ future, pattern }: ListEntry): boolean =>
          future ||
          [own, ...(effect === 'deny' ? others(pattern.provider) : [])].some(
            (idOf) =>
              find[effect](pattern, idOf).some((each) =>
                matchesPattern(pattern, each, form, (name) => [idOf(name)]),
              ) || namesOpenModel(pattern, open, idOf),
          );
        return wordsWithout(entries, isMeant).map((entry) =>
          unmatched(entry, effect, dialect === 'native' && !namesDialectProvider(alike, entry)),
        );
      });
    }),
  );
}

/** A word of a dialect may stand for several entries: it is found once, and only if none of them is meant. */
function wordsWithout(
  entries: readonly ListEntry[],
  isMeant: (entry: ListEntry) => boolean,
): readonly ListEntry[] {
  const words = new Map<string, ListEntry | undefined>();
  for (const entry of entries) {
    const place = formatPosition(entry.position);
    const isFound = words.has(place) && words.get(place) === undefined;
    if (!isFound) words.set(place, isMeant(entry) ? undefined : (words.get(place) ?? entry));
  }
  return [...words.values()].filter((entry) => entry !== undefined);
}

/** A ban of a provider that a dialect knows may well be meant before any file declares the provider. */
function namesDialectProvider(
  alike: ReturnType<typeof dialectNamesLike>,
  { pattern: { provider, ...others } }: ListEntry,
): boolean {
  return (
    provider !== undefined && Object.keys(others).length === 0 && alike.has(foldedId(provider))
  );
}

/** A model of a provider whose models are all known need not be catalogued to be meant. */
function namesOpenModel(
  { provider, model, ...others }: TargetPattern,
  open: ReadonlySet<string>,
  providerOf: (name: string) => string,
): boolean {
  const onlyModel = Object.keys(others).length === 0;
  return (
    provider !== undefined && model !== undefined && onlyModel && open.has(providerOf(provider))
  );
}

/** Providers with `models: any`. */
function openProviders(set: PolicySet): ReadonlySet<string> {
  const providers = set.documents.flatMap(({ document }) => document.providers);
  return new Set(providers.filter(({ models }) => models === 'any').map(({ id }) => id));
}

function unmatched(entry: ListEntry, effect: 'allow' | 'deny', isSlip: boolean): Finding {
  return setFinding({
    severity: effect === 'deny' && isSlip ? 'error' : 'warning',
    code: `${effect}_matches_nothing`,
    message: `${effect} entry \`${entry.text}\` matches nothing in the catalog`,
    help:
      effect === 'deny'
        ? 'correct the name, or write `future: true` if it is meant for something not catalogued yet'
        : 'correct the name, or add the target to a catalog',
    position: entry.position,
  });
}

/** Every target, and every provider by itself, since a provider may stand without targets. */
function catalogIdentities(set: PolicySet): readonly TargetIdentity[] {
  const nameOf = providerNames(set);
  const endpoints = set.documents.flatMap(({ document }) => document.endpoints);
  return set.documents.flatMap(({ document }): readonly TargetIdentity[] => [
    ...document.targets.map(({ id, provider, model, region, endpoint, credential }) => ({
      id,
      provider: nameOf(provider),
      model,
      regions: [
        region,
        ...profileRegions(model),
        ...endpoints.filter((each) => each.id === endpoint).map((each) => each.region),
      ].filter((each) => each !== undefined),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(credential === undefined ? {} : { credential }),
    })),
    ...document.providers.map(({ id }) => ({ provider: id })),
  ]);
}

/** The declared provider that a name means in a file of the dialect; a name that means none stands for itself. */
function providerNames(set: PolicySet): (name: string, dialect?: string) => string {
  const names = new Map<string, string>();
  for (const { document } of set.documents) {
    for (const { id, aliases } of document.providers) {
      for (const name of [id, ...aliases]) names.set(foldedId(name), id);
    }
  }
  const tables = set.providerTables;
  return (name, dialect = '') => {
    const common = tables?.get(dialect)?.get(name);
    const id = names.get(foldedId(name));
    return id ?? (common === undefined ? undefined : names.get(foldedId(common))) ?? name;
  };
}
