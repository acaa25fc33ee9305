import type { Bundle, CatalogTarget } from '../core/engine/bundle';
import { visiblePlaced, type CatalogView } from '../core/engine/catalog-view';
import { candidatesOf, qualifiedTargets } from '../core/engine/derive-candidates';
import type { Candidate, RequestContext } from '../core/model/request';

/** Names that offer the same candidates, and so get the same answer. */
export interface CandidateGroup {
  /** Canonical, in file order; none for `anyModelOf`. */
  readonly names: readonly string[];
  /** Any model of this provider that nothing lists by its name. */
  readonly anyModelOf?: string;
  readonly candidates: readonly Candidate[];
}

/**
 * Stands for a model that nothing lists by its name: of the entries of a policy, only those match it that name no
 * model, or every one. It is sent nowhere.
 */
const ANY_MODEL = '*';

/**
 * Everything that the catalog offers to requests that are alike but for the model: one group for each set of
 * candidates, then one for each provider of which every model is known (L6).
 */
export function candidateGroups(
  view: CatalogView,
  context: RequestContext,
): readonly CandidateGroup[] {
  const groups = new Map<string, { names: string[]; qualified: readonly CatalogTarget[] }>();
  for (const name of view.bundle.catalog.byServedName.keys()) {
    const qualified = qualifiedTargets(view, context, [name]);
    if (qualified.length === 0) continue;
    const key = JSON.stringify([...new Set(qualified.map(unitOf))]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { names: [name], qualified });
    else group.names.push(name);
  }
  const named = [...groups.values()].map(({ names, qualified }) => ({
    names,
    candidates: candidatesOf(view, qualified),
  }));
  return [...named, ...openGroups(view)];
}

/** What makes candidates: a target alone, or its whole pool, whichever of its targets qualifies. */
function unitOf({ identity, declaration: { pool } }: CatalogTarget): string {
  return pool === undefined ? `target ${identity.id}` : `pool ${pool}`;
}

function openGroups(view: CatalogView): readonly CandidateGroup[] {
  return openProviders(view.bundle, view).map((provider) => ({
    names: [],
    anyModelOf: provider,
    candidates: [{ ref: `${provider}/${ANY_MODEL}`, provider, model: ANY_MODEL, claims: [] }],
  }));
}

function openProviders({ catalog }: Bundle, view: CatalogView): readonly string[] {
  return [...catalog.providers]
    .filter(([, placed]) => visiblePlaced(view, placed).some(({ models }) => models === 'any'))
    .map(([id]) => id);
}
