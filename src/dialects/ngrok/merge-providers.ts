import type { ProviderDeclaration } from '../../core/model/catalog';
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
