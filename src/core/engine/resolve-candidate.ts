import type { Candidate, CallerTraits } from '../model/request';
import { canonicalId } from '../policy/identifier';
import { isRouterModel } from '../policy/model-name';
import type { TargetIdentity } from '../policy/target-pattern';
import type { CatalogTarget } from './bundle';
import { joinKey } from './bundle';
import { plainSubject, providerSubject, unknownSubject, type Subject } from './subject';
import { addParts, placeUnknown } from './candidate-parts';
import { withOpenParts } from './open-parts';
import {
  onlyVisible,
  placedInSight,
  providerIdIn,
  visibleById,
  visibleDeclarations,
  visiblePlaced,
  type CatalogView,
} from './catalog-view';

/**
 * Everything that a candidate can stand for, at least one subject. It is eligible only if all of them are
 * (L12): a candidate that leaves open a region or credential stands for each that the catalog lists.
 */
export function resolveCandidate(
  view: CatalogView,
  candidate: Candidate,
  caller: CallerTraits,
): readonly Subject[] {
  const found = findSubjects(view, candidate).flatMap((subject) =>
    subject.standing === 'unknown' ? [placeUnknown(view, subject)] : withOpenParts(view, subject),
  );
  const withClaims =
    candidate.claims.length === 0
      ? found
      : found.map((subject) => ({
          ...subject,
          ...(caller.ownsClaims && isNamedWhole(subject) ? { standing: 'known' as const } : {}),
          inlineClaims: candidate.claims,
          inlineReplaces: caller.ownsClaims,
        }));
  return withClaims.flatMap((subject) => withReach(view, subject));
}

/** Who owns the claims of a target makes it known, if lists can judge where it goes and what is to be sent. */
function isNamedWhole({ standing, identity: { provider, model } }: Subject): boolean {
  return standing === 'unknown' && provider !== undefined && model !== undefined;
}

function findSubjects(view: CatalogView, candidate: Candidate): readonly Subject[] {
  const named = namedIdentity(view, candidate);
  if (candidate.target !== undefined) return findById(view, candidate, named);
  const targets = onlyVisible(
    view,
    view.bundle.catalog.byProviderModel.get(joinKey(named.provider ?? '', named.model ?? '')),
  );
  if (targets.length > 0) {
    return addParts(
      view,
      targets.map((target) => subjectOf(view, target)),
      named,
    );
  }
  const open = visiblePlaced(view, view.bundle.catalog.providers.get(named.provider ?? '')).some(
    ({ models }) => models === 'any',
  );
  if (!open || named.model === undefined || named.provider === undefined)
    return [unknownSubject(named)];
  return addParts(view, [providerSubject(named.provider, named)], named);
}

/** A target whose id another file declares as something else is conflicting, whatever names it. */
function subjectOf(view: CatalogView, target: CatalogTarget): Subject {
  const plain = plainSubject(target);
  const sameId = visibleById(view, target.identity.id);
  return sameId.length > 1 ? conflictingSubject(target) : plain;
}

function conflictingSubject(target: CatalogTarget): Subject {
  return { ...plainSubject(target), standing: 'conflicting' };
}

function findById(
  view: CatalogView,
  candidate: Candidate,
  named: TargetIdentity,
): readonly Subject[] {
  const targets = visibleById(view, candidate.target ?? '');
  const [only] = targets;
  if (only === undefined) return [unknownSubject(named)];
  if (targets.length > 1) return targets.map(conflictingSubject);
  const { provider, model } = named;
  const agrees =
    (provider === undefined || provider === only.identity.provider) &&
    (model === undefined || model === only.identity.model);
  return agrees ? addParts(view, targets, named) : [unknownSubject(named)];
}

function namedIdentity(view: CatalogView, candidate: Candidate): TargetIdentity {
  const { target, provider, model, region, endpoint, credential } = candidate;
  return {
    ...(target === undefined ? {} : { id: canonicalId(target) }),
    ...(provider === undefined ? {} : { provider: providerIdIn(view, provider) }),
    ...(model === undefined ? {} : { model: canonicalId(model) }),
    ...(region === undefined ? {} : { region: canonicalId(region) }),
    ...(endpoint === undefined ? {} : { endpoint: canonicalId(endpoint) }),
    ...(credential === undefined ? {} : { credential: canonicalId(credential) }),
  };
}

/** All that the visible declarations list; undefined if none lists anything. */
function reachesOf(view: CatalogView, target: CatalogTarget): readonly string[] | undefined {
  const lists = visibleDeclarations(view, target).flatMap(({ reaches }) => reaches ?? []);
  return lists.length === 0 ? undefined : lists;
}

/**
 * True if a router's reach is listed by nobody whom everybody may rely on: a bound file's list is for its own policies
 * (design, section 4), so it makes known what only bound files declare, and nothing else.
 */
function isUnlisted(view: CatalogView, target: CatalogTarget | undefined, model: string): boolean {
  if (!isRouterModel(model)) return false;
  if (target === undefined) return true;
  const unbound = placedInSight(view, target.declarations, 'unbound');
  const counted = unbound.length > 0 ? unbound : visibleDeclarations(view, target);
  return counted.every(({ reaches = [] }) => reaches.length === 0);
}

/** A target that chooses further upstream stands for all that it can reach; unlisted reach is unknown. */
function withReach(view: CatalogView, subject: Subject): readonly Subject[] {
  const { target, standing, identity } = subject;
  const isLost = standing === 'known' && isUnlisted(view, target, identity.model ?? '');
  const own: Subject = isLost ? { ...subject, standing: 'unknown' } : subject;
  const reaches = target === undefined ? undefined : reachesOf(view, target);
  if (reaches === undefined) return [own];
  const reached = new Map<string, readonly Subject[]>();
  collectReach(view, reaches, reached);
  return [own, ...[...reached.values()].flat()];
}

function collectReach(
  view: CatalogView,
  ids: readonly string[],
  reached: Map<string, readonly Subject[]>,
): void {
  for (const id of ids) {
    const key = canonicalId(id);
    if (reached.has(key)) continue;
    const targets = visibleById(view, id);
    const [only] = targets;
    if (only === undefined) reached.set(key, [unknownSubject({ id: key })]);
    else if (targets.length > 1) {
      reached.set(key, targets.map(conflictingSubject));
      const further = targets.flatMap((each) => reachesOf(view, each) ?? []);
      collectReach(view, further, reached);
    } else reachTarget(view, only, key, reached);
  }
}

function reachTarget(
  view: CatalogView,
  target: CatalogTarget,
  key: string,
  reached: Map<string, readonly Subject[]>,
): void {
  const reaches = reachesOf(view, target);
  const router = isUnlisted(view, target, target.identity.model);
  const subjects = withOpenParts(view, plainSubject(target));
  reached.set(
    key,
    router ? subjects.map((each) => ({ ...each, standing: 'unknown' as const })) : subjects,
  );
  if (reaches !== undefined) collectReach(view, reaches, reached);
}
