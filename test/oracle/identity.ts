import type { EndpointDeclaration, TargetDeclaration } from '../../src/core/model/catalog';
import type { Candidate } from '../../src/core/model/request';
import { identityOf } from './claims';
import { askedNames, canonicalProvider, isRouterName, meantProvider, serves } from './names';
import { hostOf } from './lists';
import type { AskedName, Subject, Unit, World } from './types';

/** All that existing files declare under one target id. */
type SameId = readonly TargetDeclaration[];

function targetsById(world: World): ReadonlyMap<string, SameId> {
  const byId = new Map<string, TargetDeclaration[]>();
  for (const target of world.files.flatMap(({ document }) => document.targets)) {
    byId.set(target.id, [...(byId.get(target.id) ?? []), target]);
  }
  return byId;
}

/** One id whose declarations name different things (design, section 4). */
function isConflicting(same: SameId): boolean {
  return new Set(same.map(identityOf)).size > 1;
}

/** The endpoint part of a candidate: an id or base URL that the provider has, another URL, or an unknown id. */
type EndpointPart =
  | { readonly is: 'absent' | 'unknown' }
  | { readonly is: 'known'; readonly id: string; readonly url?: string }
  | { readonly is: 'foreign'; readonly url: string };

function endpointPart(candidate: Candidate, provider: string, world: World): EndpointPart {
  const text = candidate.endpoint;
  if (text === undefined) {
    return { is: 'absent' };
  }
  const known: readonly EndpointDeclaration[] = world.files
    .flatMap(({ document }) => document.endpoints)
    .filter((endpoint) => endpoint.provider === provider);
  if (!text.includes('://')) {
    return known.some(({ id }) => id === text) ? { is: 'known', id: text } : { is: 'unknown' };
  }
  const at = known.find(({ baseUrl }) => baseUrl === text);
  return at === undefined ? { is: 'foreign', url: text } : { is: 'known', id: at.id, url: text };
}

/** A part that the candidate gives must be what the target declares, or undeclared by it. */
function agrees(target: TargetDeclaration, candidate: Candidate, world: World): boolean {
  const endpoint = endpointPart(candidate, target.provider, world);
  const same = <T>(given: T | undefined, declared: T | undefined): boolean =>
    given === undefined || declared === undefined || given === declared;
  return (
    (candidate.provider === undefined ||
      canonicalProvider(candidate.provider, world.files) === target.provider) &&
    same(candidate.model, target.model) &&
    same(candidate.region, target.region) &&
    endpoint.is !== 'unknown' &&
    same(endpoint.is === 'known' ? endpoint.id : undefined, target.endpoint)
  );
}

/**
 * Where the traffic goes. A foreign base URL takes the place of the target's endpoint, and so does an id that
 * nobody declares, which is no address of the catalog's either; both void what the catalog says (L13).
 */
function place(candidate: Candidate, provider: string, declared: string | undefined, world: World) {
  const endpoint = endpointPart(candidate, provider, world);
  if (endpoint.is === 'known') {
    return {
      endpointId: endpoint.id,
      ...(endpoint.url === undefined ? {} : { url: endpoint.url }),
    };
  }
  if (candidate.endpoint !== undefined) {
    return { endpointId: candidate.endpoint, url: candidate.endpoint };
  }
  return declared === undefined ? {} : { endpointId: declared };
}

/**
 * An address that files know as another provider's contradicts the candidate, so that it names nothing known; whoever
 * owns its targets' claims says itself who is there.
 */
function elsewhere(
  candidate: Candidate,
  provider: string,
  world: World,
): Pick<Unit, 'trouble'> | object {
  const part = endpointPart(candidate, provider, world);
  const isOwned = world.request.caller.ownsClaims && candidate.claims.length > 0;
  if (part.is !== 'foreign' || isOwned) {
    return {};
  }
  const isOthers = world.files
    .flatMap(({ document }) => document.endpoints)
    .some((one) => one.provider !== provider && hostOf(one.baseUrl ?? '') === hostOf(part.url));
  return isOthers ? { trouble: 'unknown_target' as const } : {};
}

/** The unit that a declared target and the candidate's own parts make together. */
function unitOf(target: TargetDeclaration, same: SameId, candidate: Candidate, world: World): Unit {
  const credential = candidate.credential ?? target.credential;
  return {
    targetId: target.id,
    provider: target.provider,
    model: target.model,
    namedRegions: [target.region, candidate.region].filter((region) => region !== undefined),
    ...place(candidate, target.provider, target.endpoint, world),
    ...(target.endpoint === undefined ? {} : { declaredEndpoint: target.endpoint }),
    ...(credential === undefined ? {} : { credential }),
    ownCredential: candidate.credential === undefined || candidate.credential === target.credential,
    declarations: same,
    identity: identityOf(target),
    ...(isConflicting(same)
      ? { trouble: 'conflicting_target' as const }
      : elsewhere(candidate, target.provider, world)),
    reached: false,
  };
}

/** What a candidate names and no declared target is: known only at a provider with `models: any`. */
function undeclared(candidate: Candidate, world: World, isKnown: boolean): Unit {
  const provider = canonicalProvider(candidate.provider ?? '', world.files);
  const { credential, model } = candidate;
  // Lists must be able to judge where it goes and what is to be sent.
  const isNamed = candidate.provider !== undefined && candidate.model !== undefined;
  const owned = world.request.caller.ownsClaims && candidate.claims.length > 0 && isNamed;
  const isUnknown = !isKnown && !owned;
  return {
    targetId: isKnown ? '' : (candidate.target ?? ''),
    provider,
    model: model ?? '',
    namedRegions: candidate.region === undefined ? [] : [candidate.region],
    ...place(candidate, provider, undefined, world),
    ...(credential === undefined ? {} : { credential }),
    ownCredential: credential === undefined,
    declarations: [],
    identity: '',
    ...(isUnknown ? { trouble: 'unknown_target' as const } : elsewhere(candidate, provider, world)),
    reached: false,
  };
}

/** Parts that contradict a declared target of the same model name nothing that is known, open or not. */
function isOpenProvider(candidate: Candidate, world: World): boolean {
  const provider = canonicalProvider(candidate.provider ?? '', world.files);
  return (
    ![...targetsById(world).values()]
      .flat()
      .some((target) => target.provider === provider && target.model === candidate.model) &&
    candidate.target === undefined &&
    candidate.model !== undefined &&
    endpointPart(candidate, provider, world).is !== 'unknown' &&
    world.files
      .flatMap(({ document }) => document.providers)
      .some(({ id, models }) => id === provider && models === 'any')
  );
}

/** One declaration that a candidate may mean, with all of the same id. */
interface Meant {
  readonly target: TargetDeclaration;
  readonly same: SameId;
}

/** Declarations that the candidate may mean; with its own credential if none has it. */
function meant(candidate: Candidate, world: World): readonly Meant[] {
  const byId = targetsById(world);
  const each = (same: SameId): readonly Meant[] => same.map((target) => ({ target, same }));
  if (candidate.target !== undefined) {
    const same = byId.get(candidate.target) ?? [];
    // Where the files disagree on the id, the candidate's own parts settle nothing.
    const isMeant = isConflicting(same) || same.every((one) => agrees(one, candidate, world));
    return isMeant ? each(same) : [];
  }
  if (candidate.provider === undefined || candidate.model === undefined) {
    return [];
  }
  const fitting = [...byId.values()]
    .flatMap(each)
    .filter(({ target }) => agrees(target, candidate, world));
  const { credential } = candidate;
  const withIt = fitting.filter(
    ({ target }) => credential === undefined || (target.credential ?? credential) === credential,
  );
  return withIt.length > 0 ? withIt : fitting;
}

/** True if files for all list what the target reaches; of a target that only bound files declare, theirs count. */
function isReachListed(unit: Unit, world: World): boolean {
  const unbound = world.files
    .filter(({ binding }) => binding === undefined)
    .flatMap(({ document }) => document.targets)
    .filter((target) => unit.declarations.includes(target) && identityOf(target) === unit.identity);
  const counted = unbound.length > 0 ? unbound : unit.declarations;
  return counted.some(({ reaches = [] }) => reaches.length > 0);
}

/** The unit, or what its target may choose from by itself. Reach that nothing lists makes it unknown (L12). */
function withReach(unit: Unit, world: World, seen: readonly string[]): readonly Unit[] {
  const reaches = [...new Set(unit.declarations.flatMap((target) => target.reaches ?? []))];
  const own: Unit =
    isRouterName(unit.model) && !isReachListed(unit, world)
      ? { ...unit, trouble: unit.trouble ?? 'unknown_target' }
      : unit;
  if (reaches.length === 0) {
    return [own];
  }
  const further = reaches
    .filter((id) => !seen.includes(id))
    .flatMap((id): readonly Unit[] => {
      const same = targetsById(world).get(id) ?? [];
      const bare: Candidate = { ref: id, target: id, claims: [] };
      const reached = same
        .map((target) => unitOf(target, same, bare, world))
        .flatMap((unit) => withOpenParts(unit, world));
      const units = reached.length > 0 ? reached : [undeclared(bare, world, false)];
      return units.flatMap((one) =>
        withReach({ ...one, reached: true }, world, [...seen, ...reaches, id]),
      );
    });
  return [own, ...further];
}

/** Ids that a candidate may mean where it names none: all, if the catalog lists several. */
const ifSeveral = (ids: readonly string[]): readonly string[] => {
  const distinct = [...new Set(ids)];
  return distinct.length > 1 ? distinct : [];
};

/** The unit as it stands, and with each endpoint and credential of its provider where it names none (L12). */
function withOpenParts(unit: Unit, world: World): readonly Unit[] {
  if (unit.trouble !== undefined) {
    return [unit];
  }
  const ofProvider = <T extends { readonly provider: string }>(all: readonly T[]): readonly T[] =>
    all.filter(({ provider }) => provider === unit.provider);
  const endpoints = ofProvider(world.files.flatMap(({ document }) => document.endpoints));
  const credentials = ofProvider(world.files.flatMap(({ document }) => document.credentials));
  const inRegion = endpoints.filter(
    ({ region }) => region === undefined || unit.namedRegions.every((named) => named === region),
  );
  const placed =
    unit.endpointId === undefined
      ? [
          unit,
          ...ifSeveral(inRegion.map(({ id }) => id)).map((endpointId) => ({ ...unit, endpointId })),
        ]
      : [unit];
  return placed.flatMap((each) =>
    each.credential === undefined
      ? [
          each,
          ...ifSeveral(credentials.map(({ id }) => id)).map((credential) => ({
            ...each,
            credential,
            ownCredential: false,
          })),
        ]
      : [each],
  );
}

/** All that a candidate stands for: it is eligible only if all of it is (L12). */
function unitsOf(candidate: Candidate, world: World): readonly Unit[] {
  // Where the files disagree on the id that it names, its own parts are added to nothing.
  const bare: Candidate = { ref: candidate.ref, claims: [] };
  const units = meant(candidate, world).map(({ target, same }) => {
    const isUnclear = candidate.target !== undefined && isConflicting(same);
    return unitOf(target, same, isUnclear ? bare : candidate, world);
  });
  const isOpen = isOpenProvider(candidate, world);
  const found = units.length > 0 ? units : [undeclared(candidate, world, isOpen)];
  // What nobody declares has no parts to choose from.
  const isKnown = units.length > 0 || isOpen;
  return found
    .flatMap((unit) => (isKnown ? withOpenParts(unit, world) : [unit]))
    .flatMap((unit) => withReach(unit, world, []));
}

/**
 * The catalog's candidates for the names that the client wrote, in file order; a pool comes whole (L6). Where
 * the request's api is not known, the targets' apis pick nothing; claims that are limited to apis are unknown.
 */
function derive(world: World): readonly Candidate[] {
  const { api } = world.request.context;
  const names = askedNames(world);
  const all = [...targetsById(world).values()].flat();
  const speaks = ({ apis }: TargetDeclaration): boolean =>
    apis === undefined || api === undefined || apis.includes(api);
  const poolOf = (target: TargetDeclaration): readonly TargetDeclaration[] =>
    all.filter(
      (other) =>
        other.id === target.id || (target.pool !== undefined && other.pool === target.pool),
    );
  // Who names no model asks for the whole catalog.
  const isAsked = (target: TargetDeclaration): boolean =>
    speaks(target) && (names.length === 0 || names.some(({ base }) => serves(target, base)));
  const listed = [...targetsById(world)].flatMap(([id, same]) => {
    const candidate: Candidate = { ref: id, target: id, claims: [] };
    return same.some((target) => poolOf(target).some(isAsked)) ? [candidate] : [];
  });
  return [...listed, ...pinnedModels(names, world)];
}

/** A name that pins a provider all of whose models are known names a target that nobody lists (L1). */
function pinnedModels(names: readonly AskedName[], world: World): readonly Candidate[] {
  const made = names.flatMap(({ pin, base }): readonly Candidate[] => {
    const provider = pin === undefined ? '' : meantProvider(pin, world);
    const candidate = { ref: `${provider}/${base}`, provider, model: base, claims: [] };
    return provider !== '' && isOpenProvider(candidate, world) ? [candidate] : [];
  });
  return made.filter((one, index) => made.findIndex(({ ref }) => ref === one.ref) === index);
}

/** The request's candidates, or the catalog's. */
export function subjectsOf(world: World): readonly Subject[] {
  const candidates = world.request.candidates ?? derive(world);
  return candidates.map((candidate) => ({ candidate, units: unitsOf(candidate, world) }));
}
