import { canonicalId } from '../policy/identifier';
import { hostOf } from './host';
import { visiblePlaced, type CatalogView } from './catalog-view';
import type { Subject } from './subject';

/** Where traffic to a subject may end up, as far as the catalog has names for it; what deny lists look at. */
export interface PossiblePlace {
  readonly regions: readonly string[];
  /** Endpoints by id, or the base URL as the candidate wrote it. */
  readonly endpoints: readonly string[];
}

/**
 * A base URL that is not the catalog's may still be one of its endpoints in another spelling (a port, a user, a
 * dot at the end), or stand before the one at which the target is declared. So a ban on either still holds, while
 * nothing is inherited from it (L12, L13).
 */
export function possiblePlace(
  view: CatalogView,
  { identity, target, foreignAddress }: Subject,
  namedRegions: readonly string[],
): PossiblePlace {
  const { provider = '', endpoint } = identity;
  if (endpoint === undefined) return { regions: namedRegions, endpoints: [] };
  if (!foreignAddress) return { regions: namedRegions, endpoints: [endpoint] };
  const host = hostOf(endpoint);
  const declared = target?.identity.endpoint;
  const near = visiblePlaced(view, view.bundle.catalog.endpointsOf.get(provider)).filter(
    ({ id, baseUrl }) =>
      canonicalId(id) === declared || (baseUrl !== undefined && hostOf(baseUrl) === host),
  );
  return {
    regions: [...namedRegions, ...near.flatMap(({ region }) => region ?? [])],
    endpoints: [endpoint, ...near.map(({ id }) => id)],
  };
}
