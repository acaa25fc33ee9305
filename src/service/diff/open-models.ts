import type { Bundle } from '../../core/engine/bundle';
import type { BundlePair } from './circumstances';

/** Stands for a model that no entry of a list names: only entries that name every model match it. */
const ANY_MODEL = '*';

/** What a `*` of a pattern is filled with: nothing, and something that stands in no name. */
const FILLINGS = ['', 'x0x'];

/** Stands for an author whom no policy names: a name without any author is judged by all of them. */
const OTHER_AUTHOR = 'x0x-author';

/** What is asked of a provider of which every model is known. */
export interface OpenModel {
  readonly provider: string;
  readonly model: string;
}

/**
 * Models that nothing lists, of the providers that some file knows with every model: one that no pattern names, and
 * those that the patterns of both bundles, their lists of authors, and pairs of patterns can tell from it.
 */
export function openModels(pair: BundlePair): readonly OpenModel[] {
  const providers = new Set([...openProviders(pair.old), ...openProviders(pair.new)]);
  if (providers.size === 0) return [];
  const patterns = [...new Set([...modelPatterns(pair.old), ...modelPatterns(pair.new)])];
  const names = new Set([
    ANY_MODEL,
    ...patterns.flatMap((pattern) => namesLike(pattern, patterns)),
  ]);
  return [...providers].flatMap((provider) => [...names].map((model) => ({ provider, model })));
}

function openProviders({ catalog }: Bundle): readonly string[] {
  return [...catalog.providers]
    .filter(([, placed]) => placed.some(({ declaration }) => declaration.models === 'any'))
    .map(([id]) => id);
}

function modelPatterns({ policies, catalog }: Bundle): readonly string[] {
  const listed = policies.flatMap(({ policy }) =>
    policy.lists.flatMap(({ entries }) =>
      entries.flatMap(({ pattern }) => (pattern.model === undefined ? [] : [pattern.model])),
    ),
  );
  const authors = policies.flatMap(({ policy }) => [
    ...(policy.authors?.only ?? []),
    ...(policy.authors?.except ?? []),
  ]);
  const others = authors.length === 0 ? [] : [OTHER_AUTHOR];
  const known = catalog.targets.map(({ identity }) => identity.model);
  return [...listed, ...[...authors, ...others].map((author) => `${author}/*`), ...known];
}

/** Names that a pattern matches, and those that it and another one match together, where that is easy to say. */
function namesLike(pattern: string, patterns: readonly string[]): readonly string[] {
  const own = FILLINGS.map((filling) => pattern.replaceAll('*', filling));
  if (!pattern.includes('*')) return own;
  const others = patterns.flatMap((other) => common(pattern, other));
  return [...own, ...others];
}

function common(left: string, right: string): readonly string[] {
  if (left === right || !right.includes('*')) return [];
  return FILLINGS.map((filling) => {
    const [head, tail] = [left.slice(0, left.indexOf('*')), left.slice(left.lastIndexOf('*') + 1)];
    const begin = right.slice(0, right.indexOf('*'));
    const end = right.slice(right.lastIndexOf('*') + 1);
    const prefix = begin.startsWith(head) ? begin : head;
    const suffix = end.endsWith(tail) ? end : tail;
    return `${prefix}${filling}${suffix}`;
  });
}
