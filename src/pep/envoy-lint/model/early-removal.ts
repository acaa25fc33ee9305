import type { ConfigNode } from '../yaml/config-node';
import { each, field, items, text } from './fields';
import { alwaysRuns, filtersOf, type Manager } from './manager';
import { typedConfig } from './typed';
import { TYPES } from './types';

/** What takes headers away: one by its name, or all that begin with something. */
export interface Removal {
  readonly kind: 'exact' | 'prefix';
  readonly name: string;
}

/** What is removed before anything reads the request: routes, filters and retries. */
export function earlyRemovals({ node }: Manager): readonly Removal[] {
  return each(node, 'early_header_mutation_extensions')
    .flatMap((extension) => typedConfig(extension) ?? [])
    .filter(({ type }) => type === TYPES.earlyMutation)
    .flatMap(({ body }) => each(body, 'mutations').flatMap(removalOf));
}

/** What is removed for every request by filters that change headers. */
export function filterRemovals(manager: Manager): readonly Removal[] {
  return filtersOf(manager, TYPES.headerMutation)
    .filter((filter) => alwaysRuns(manager, filter))
    .flatMap(({ body }) => each(body, 'mutations', 'request_mutations').flatMap(removalOf));
}

/** What a table of routes, a virtual host or a route removes when the request is sent on. */
export function routeRemovals(holder: ConfigNode | undefined): readonly Removal[] {
  return items(field(holder, 'request_headers_to_remove')).map((name) => ({
    kind: 'exact',
    name: (text(name) ?? '').toLowerCase(),
  }));
}

/** True if this header is gone afterwards. */
export function removesHeader(removals: readonly Removal[], header: string): boolean {
  const name = header.toLowerCase();
  return removals.some((each) =>
    each.kind === 'exact' ? each.name === name : name.startsWith(each.name),
  );
}

/** True if all headers that begin with this are gone afterwards. */
export function removesPrefix(removals: readonly Removal[], prefix: string): boolean {
  return removals.some(({ kind, name }) => kind === 'prefix' && prefix.startsWith(name));
}

function removalOf(mutation: ConfigNode): readonly Removal[] {
  const matcher = field(mutation, 'remove_on_match', 'key_matcher');
  const exact = text(mutation, 'remove') ?? text(matcher, 'exact');
  const prefix = text(matcher, 'prefix');
  return [
    ...(exact === undefined ? [] : [{ kind: 'exact', name: exact.toLowerCase() } as const]),
    ...(prefix === undefined ? [] : [{ kind: 'prefix', name: prefix.toLowerCase() } as const]),
  ];
}
