import type { EndpointDeclaration, ProviderDeclaration } from '../../core/model/catalog';
import { canonicalId } from '../../core/policy/identifier';

/** Two gateways of one file may configure one provider: it has the aliases and labels of both. */
export function mergeProviders(
  all: readonly ProviderDeclaration[],
): readonly ProviderDeclaration[] {
  const merged = new Map<string, ProviderDeclaration>();
  for (const each of all) {
    const id = canonicalId(each.id);
    const first = merged.get(id);
    merged.set(id, first === undefined ? each : join(first, each));
  }
  return [...merged.values()];
}

function join(first: ProviderDeclaration, second: ProviderDeclaration): ProviderDeclaration {
  return {
    ...first,
    aliases: [...new Set([...first.aliases, ...second.aliases])],
    claims: [...first.claims, ...second.claims],
    places: { id: first.places?.id ?? first.position },
  };
}

/** Gateways that reach a provider at one address know one endpoint of it; at two, two. */
export function distinctEndpoints(
  all: readonly EndpointDeclaration[],
): readonly EndpointDeclaration[] {
  const byUrl = new Map(all.map((each) => [`${each.provider} ${each.baseUrl ?? ''}`, each]));
  return [...byUrl.values()].map((each, index) => {
    const isSecond = [...byUrl.values()].slice(0, index).some(({ id }) => id === each.id);
    return isSecond ? { ...each, id: `${each.id}-${String(index + 1)}` } : each;
  });
}
