import type {
  CredentialDeclaration,
  EndpointDeclaration,
  ProviderDeclaration,
  TargetDeclaration,
} from '../../src/core/model/catalog';
import { ALIASES, CREDENTIALS, MODELS, PROVIDERS, somewhere } from './alphabet';
import { claimsOf } from './claims';
import { chance, maybe, pick, someOf, subset } from './source';
import type { Source } from './source';

/** What a file declares. */
export interface Catalog {
  readonly providers: readonly ProviderDeclaration[];
  readonly endpoints: readonly EndpointDeclaration[];
  readonly credentials: readonly CredentialDeclaration[];
  readonly targets: readonly TargetDeclaration[];
}

/** Endpoint ids and base URLs are made from their provider, as is the region. */
const endpointId = (provider: string, which: string): string => `${provider}-${which}`;
export const baseUrl = (provider: string, which: string): string =>
  `https://${which}.${provider}.example`;
const PLACES: Readonly<Record<string, string>> = { de: 'DE', us: 'US' };

function provider(source: Source, id: string): ProviderDeclaration {
  return {
    id,
    aliases: ALIASES[id] ?? [],
    models: chance(source, 20) ? 'any' : 'listed',
    claims: claimsOf(source, 45),
    position: somewhere(),
  };
}

function endpoint(source: Source, of: string, which: string): EndpointDeclaration {
  return {
    id: endpointId(of, which),
    provider: of,
    ...maybe(source, 80, () => ({ baseUrl: baseUrl(of, which) })),
    ...maybe(source, 70, () => ({ region: PLACES[which] })),
    claims: claimsOf(source, 15),
    position: somewhere(),
  };
}

function credential(source: Source, of: string, id: string): CredentialDeclaration {
  const owner = id === 'k-own' ? 'operator' : 'customer';
  const position = somewhere();
  return { id: `${of}-${id}`, provider: of, owner, claims: claimsOf(source, 20), position };
}

/** A target; at a provider that is declared, with parts that are. */
function target(source: Source, id: string, catalog: Omit<Catalog, 'targets'>): TargetDeclaration {
  const of = pick(source, catalog.providers).id;
  const endpoints = catalog.endpoints.filter(({ provider: one }) => one === of);
  const credentials = catalog.credentials.filter(({ provider: one }) => one === of);
  const model = pick(source, chance(source, 75) ? MODELS.slice(0, 2) : MODELS);
  return {
    id,
    provider: of,
    model,
    ...(endpoints.length > 0
      ? maybe(source, 30, () => ({ endpoint: pick(source, endpoints).id }))
      : {}),
    ...maybe(source, 25, () => ({ region: pick(source, ['DE', 'US', 'eu']) })),
    ...(credentials.length > 0
      ? maybe(source, 30, () => ({ credential: pick(source, credentials).id }))
      : {}),
    ...maybe(source, 15, () => ({
      apis: someOf(source, ['chat_completions', 'responses', 'messages'] as const),
    })),
    ...maybe(source, 25, () => ({
      serves: someOf(source, ['fast', 'm-small', 'vend/m-large', 'other/m']),
    })),
    ...maybe(source, model === 'auto' || model === 'm-latest' ? 70 : 4, () => ({
      reaches: someOf(source, ['t1', 't2', 't3', 't4', 't-nowhere'], 20),
    })),
    ...maybe(source, 15, () => ({ pool: pick(source, ['pool-a', 'pool-b']) })),
    claims: claimsOf(source, 25),
    claimsStatedOn: chance(source, 15) ? 'credential' : 'target',
    position: somewhere(),
  };
}

/** The catalog of a file that declares its own providers. */
export function catalog(source: Source, targetIds: readonly string[]): Catalog {
  const ids = someOf(source, PROVIDERS, 70);
  const parts = {
    providers: ids.map((id) => provider(source, id)),
    endpoints: ids.flatMap((id) =>
      subset(source, Object.keys(PLACES), 40).map((which) => endpoint(source, id, which)),
    ),
    credentials: ids.flatMap((id) =>
      subset(source, CREDENTIALS, 40).map((which) => credential(source, id, which)),
    ),
  };
  return { ...parts, targets: targetIds.map((id) => target(source, id, parts)) };
}

/**
 * What a further file says of things that another one declares: claims that agree or conflict, and targets that
 * are declared again, seldom with another identity.
 */
export function overlay(source: Source, base: Catalog, targetIds: readonly string[]): Catalog {
  const again = <T extends { readonly claims: TargetDeclaration['claims'] }>(items: readonly T[]) =>
    subset(source, items, 25).map((item): T => ({ ...item, claims: claimsOf(source, 30) }));
  const fresh = subset(source, targetIds, 50).map((id) => target(source, id, base));
  const ids = base.providers.map(({ id }) => id);
  const isNew = ({ id }: { readonly id: string }): boolean =>
    ![...base.endpoints, ...base.credentials].some((other) => other.id === id);
  const repeated = again(base.targets).map((one): TargetDeclaration => ({
    ...one,
    ...maybe(source, 15, () => ({ region: 'US' })),
  }));
  return {
    providers: again(base.providers),
    endpoints: [
      ...again(base.endpoints),
      ...subset(source, ids, 15)
        .map((id) => endpoint(source, id, pick(source, Object.keys(PLACES))))
        .filter(isNew),
    ],
    credentials: [
      ...again(base.credentials),
      ...subset(source, ids, 15)
        .map((id) => credential(source, id, pick(source, CREDENTIALS)))
        .filter(isNew),
    ],
    targets: [...repeated, ...fresh],
  };
}
