import type { TargetDeclaration } from '../model/catalog';
import type { Candidate, RequestContext } from '../model/request';
import { canonicalId } from '../policy/identifier';
import { joinKey } from './bundle';
import { onlyVisible, visibleDeclarations, visiblePlaced, type CatalogView } from './catalog-view';
import type { RequestedModel } from './requested-models';

/**
 * The catalog's candidates for a request that sends none (L6): targets that serve a requested name and speak
 * its api, in file order; of a pool, all as soon as one qualifies. Without a name: all that speak the api.
 */
export function deriveCandidates(
  view: CatalogView,
  context: RequestContext,
  models: readonly RequestedModel[],
): readonly Candidate[] {
  const { catalog } = view.bundle;
  const names = models.map(({ name }) => name);
  const named =
    names.length === 0
      ? catalog.targets
      : names.flatMap((name) => catalog.byServedName.get(name) ?? []);
  const qualified = named.filter((target) =>
    visibleDeclarations(view, target).some(
      (each) => speaks(each, context) && (names.length === 0 || servesOne(each, names)),
    ),
  );
  const pools = new Set(qualified.map(({ declaration: { pool } }) => pool));
  const pooled = [...pools].flatMap((pool) =>
    pool === undefined ? [] : (catalog.byPool.get(pool) ?? []),
  );
  const all = new Set([...qualified, ...onlyVisible(view, pooled)]);
  const ids = [...all]
    .sort((left, right) => left.index - right.index)
    .map(({ identity }) => identity.id);
  return [...[...new Set(ids)].map(byId), ...pinnedCandidates(view, models)];
}

function byId(id: string): Candidate {
  return { ref: id, target: id, claims: [] };
}

function speaks({ apis }: TargetDeclaration, { api }: RequestContext): boolean {
  return apis === undefined || api === undefined || apis.includes(api);
}

function servesOne({ serves, model }: TargetDeclaration, names: readonly string[]): boolean {
  return (serves ?? [model]).some((each) => names.includes(canonicalId(each)));
}

/** A pin to a provider whose models are all known names a target even where the catalog lists none. */
function pinnedCandidates(
  view: CatalogView,
  models: readonly RequestedModel[],
): readonly Candidate[] {
  const { catalog } = view.bundle;
  const candidates = models.flatMap(({ pin, name }): readonly Candidate[] => {
    if (pin === undefined) return [];
    const open = visiblePlaced(view, catalog.providers.get(pin)).some(
      ({ models: kind }) => kind === 'any',
    );
    const listed = onlyVisible(view, catalog.byProviderModel.get(joinKey(pin, name))).length > 0;
    return open && !listed
      ? [{ ref: `${pin}/${name}`, provider: pin, model: name, claims: [] }]
      : [];
  });
  return [...new Map(candidates.map((candidate) => [candidate.ref, candidate])).values()];
}
