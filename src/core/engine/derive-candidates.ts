import type { TargetDeclaration } from '../model/catalog';
import type { Candidate, RequestContext } from '../model/request';
import { canonicalId } from '../policy/identifier';
import { joinKey, type CatalogTarget } from './bundle';
import { onlyVisible, visibleDeclarations, visiblePlaced, type CatalogView } from './catalog-view';
import type { DecisionState } from './decision-state';
import { countKept } from './epoch';
import type { Plan } from './plan';
import type { RequestedModel } from './requested-models';

/** The candidates of a request: its own, or the catalog's. */
export function candidatesFor(state: DecisionState): readonly Candidate[] {
  return state.request.candidates ?? knownCandidates(state);
}

/**
 * The same list each time that the same is asked for, so that its verdicts are known as well (plain-answer.ts). Only
 * names that the catalog serves are kept: with a pin, a client could ask for ever new ones.
 */
function knownCandidates(state: DecisionState): readonly Candidate[] {
  const { plan, models } = state;
  const key = plan.keeps ? keyOf(models) : undefined;
  if (key === undefined) return deriveCandidates(state);
  return plan.derived.get(key) ?? keepDerived(plan, key, deriveCandidates(state));
}

/** The name that is asked for, '' for none; undefined where what is asked for is not to be kept. */
function keyOf(models: readonly RequestedModel[]): string | undefined {
  const [only] = models;
  if (only === undefined) return '';
  return only.pin !== undefined || only.name === '' || models.length > 1 ? undefined : only.name;
}

function keepDerived(plan: Plan, key: string, made: readonly Candidate[]): readonly Candidate[] {
  if (made.length === 0) return made;
  const kept = Object.freeze(made.map(freezeCandidate));
  plan.derived.set(key, kept);
  countKept(plan.cache, kept.length);
  return kept;
}

/** All answers for the list share it. */
function freezeCandidate(candidate: Candidate): Candidate {
  Object.freeze(candidate.claims);
  return Object.freeze(candidate);
}

/**
 * The catalog's candidates for a request that sends none (L6): targets that serve a requested name and speak
 * its api, in file order; of a pool, all as soon as one qualifies. Without a name: all that speak the api.
 */
function deriveCandidates({ plan, request, models }: DecisionState): readonly Candidate[] {
  const { view } = plan.context;
  const names = models.map(({ name }) => name);
  const qualified = qualifiedTargets(view, request.context, names);
  return [...candidatesOf(view, qualified), ...pinnedCandidates(view, models)];
}

/** The targets that the request can see, that serve one of the names (none: whatever they serve) and speak its api. */
export function qualifiedTargets(
  view: CatalogView,
  context: Pick<RequestContext, 'api'>,
  names: readonly string[],
): readonly CatalogTarget[] {
  const { catalog } = view.bundle;
  const named =
    names.length === 0
      ? catalog.targets
      : names.flatMap((name) => catalog.byServedName.get(name) ?? []);
  return named.filter((target) =>
    visibleDeclarations(view, target).some(
      (each) => speaks(each, context) && (names.length === 0 || servesOne(each, names)),
    ),
  );
}

/** The candidates that targets stand for which qualify, in file order: with each, its whole pool. */
export function candidatesOf(
  view: CatalogView,
  qualified: readonly CatalogTarget[],
): readonly Candidate[] {
  const pools = new Set(qualified.map(({ declaration: { pool } }) => pool));
  const pooled = [...pools].flatMap((pool) =>
    pool === undefined ? [] : (view.bundle.catalog.byPool.get(pool) ?? []),
  );
  const all = new Set([...qualified, ...onlyVisible(view, pooled)]);
  const ids = [...all]
    .sort((left, right) => left.index - right.index)
    .map(({ identity }) => identity.id);
  return [...new Set(ids)].map(byId);
}

function byId(id: string): Candidate {
  return { ref: id, target: id, claims: [] };
}

function speaks({ apis }: TargetDeclaration, { api }: Pick<RequestContext, 'api'>): boolean {
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
