import { joinKey } from '../../core/engine/bundle';
import {
  visibleById,
  visiblePlaced,
  visibleDeclarations,
  type CatalogView,
} from '../../core/engine/catalog-view';
import type { Candidate } from '../../core/model/request';
import type { SourcePosition } from '../../core/model/source-position';

/**
 * Where a candidate leads, as a text: equal for two bundles only if what is sent goes to the same place. An id that
 * stands for another provider, model, address or credential than before is another target.
 */
export function identityKey(view: CatalogView, candidate: Candidate): string {
  const targets = candidate.target === undefined ? [] : visibleById(view, candidate.target);
  const leads = targets.map((target) => {
    const { provider, model, region, endpoint, credential } = target.identity;
    const declared = visibleDeclarations(view, target).map(({ address, secretRef, reaches }) => [
      address ?? null,
      secretRef ?? null,
      reaches ?? null,
    ]);
    const addresses = addressesOf(view, provider, endpoint ?? candidate.endpoint);
    return [provider, model, region ?? '', endpoint ?? '', credential ?? '', addresses, declared];
  });
  const own = addressesOf(view, candidate.provider ?? '', candidate.endpoint);
  return JSON.stringify([candidate.ref, leads, own]);
}

function addressesOf(
  view: CatalogView,
  provider: string,
  endpoint: string | undefined,
): readonly string[] {
  if (endpoint === undefined) return [];
  const placed = view.bundle.catalog.endpoints.get(joinKey(provider, endpoint));
  return visiblePlaced(view, placed).map(({ baseUrl }) => baseUrl ?? '');
}

/** Where the target of a candidate is declared. */
export function declaredAt(view: CatalogView, { target }: Candidate): SourcePosition | undefined {
  const [only] = target === undefined ? [] : visibleById(view, target);
  return only?.declaration.position;
}
