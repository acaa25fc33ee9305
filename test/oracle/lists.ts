import type { EndpointDeclaration } from '../../src/core/model/catalog';
import type { TargetList, TargetPattern } from '../../src/core/model/policy';
import { isForeignUnit, viewOf } from './claims';
import { canonicalProvider, meantProvider } from './names';
import { dialectProvider, mayMean } from './tables';
import { isPlace, mayOverlap, regionsOfUnit } from './regions';
import type { Applied, AskedName, OracleReason, Unit, World } from './types';

/** `*` stands for any characters. */
function glob(pattern: string, text: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  if (rest.length === 0) {
    return pattern === text;
  }
  if (!text.startsWith(head)) {
    return false;
  }
  const tail = pattern.slice(head.length + 1);
  const places = Array.from({ length: text.length - head.length + 1 }, (_, i) => head.length + i);
  return places.some((at) => glob(tail, text.slice(at)));
}

/**
 * An allow entry matches if every field that it has matches. Choices, fail closed: a field that the target
 * leaves open does not match; where a target names several regions, all must be the entry's; an alias counts
 * only if the policy's own view has it.
 */
function allows(pattern: TargetPattern, unit: Unit, by: Applied, world: World): boolean {
  const view = viewOf(by.home, world);
  const regions = regionsOfUnit(unit, world);
  const { provider, model, region, endpoint, credential, target } = pattern;
  const dialect = by.policy.providerNames ?? by.home.document.dialect;
  const meant = (name: string): string =>
    dialectProvider(name, dialect, view, world) ?? canonicalProvider(name, view);
  return (
    (provider === undefined || meant(provider) === unit.provider) &&
    (model === undefined || (unit.model !== '' && glob(model, unit.model))) &&
    (region === undefined || (regions.length > 0 && regions.every((one) => one === region))) &&
    (endpoint === undefined || endpoint === unit.endpointId) &&
    (credential === undefined || credential === unit.credential) &&
    (target === undefined || (unit.targetId !== '' && glob(target, unit.targetId)))
  );
}

/**
 * Endpoints that a base URL which is not the catalog's may still lead to: the one that the target is declared at,
 * and those on the same host.
 */
function nearEndpoints(unit: Unit, world: World): readonly EndpointDeclaration[] {
  if (!isForeignUnit(unit)) {
    return [];
  }
  return world.files
    .flatMap(({ document }) => document.endpoints)
    .filter(({ provider }) => provider === unit.provider)
    .filter(
      ({ id, baseUrl }) =>
        id === unit.declaredEndpoint ||
        (baseUrl !== undefined && hostOf(baseUrl) === hostOf(unit.url ?? '')),
    );
}

export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : url);

/** The place that a region means, whatever its case; a name that is no place means nothing else. */
const places = (region: string): readonly string[] =>
  [region.toLowerCase(), region.toUpperCase()].filter(isPlace);

/**
 * A deny entry ignores case (L12). Choice, fail closed: a denied region denies what may overlap with it, and an
 * endpoint is found by its base URL too.
 */
function denies(pattern: TargetPattern, unit: Unit, world: World): boolean {
  const lower = (text: string | undefined): string => (text ?? '').toLowerCase();
  const same = (field: string | undefined, ...texts: (string | undefined)[]): boolean =>
    field === undefined || texts.some((text) => text !== undefined && lower(text) === lower(field));
  const like = (field: string | undefined, text: string): boolean =>
    field === undefined || (text !== '' && glob(lower(field), lower(text)));
  const names = world.files
    .flatMap(({ document }) => document.providers)
    .filter(({ id }) => id === unit.provider)
    .flatMap(({ id, aliases }) => [id, ...aliases]);
  const { region } = pattern;
  const near = nearEndpoints(unit, world);
  const regions = [...regionsOfUnit(unit, world), ...near.flatMap((one) => one.region ?? [])];
  const isMeant = pattern.provider !== undefined && mayMean(pattern.provider, unit.provider, world);
  return (
    (isMeant || same(pattern.provider, unit.provider, ...names)) &&
    like(pattern.model, unit.model) &&
    (region === undefined ||
      regions.some(
        (one) => same(region, one) || places(region).some((place) => mayOverlap(one, [place])),
      )) &&
    same(pattern.endpoint, unit.endpointId, unit.url, ...near.map(({ id }) => id)) &&
    same(pattern.credential, unit.credential) &&
    like(pattern.target, idOfUnit(unit))
  );
}

/** A model that only its provider makes known has the id that a target of its own would have. */
const idOfUnit = ({ targetId, provider, model }: Unit): string =>
  targetId === '' && provider !== '' && model !== '' ? `${provider}/${model}` : targetId;

/** Each list of each policy by itself; every deny entry matches a gateway that routes on (L3, L13). */
function blocks(list: TargetList, on: { unit: Unit; nested: boolean }, by: Applied, world: World) {
  return list.effect === 'allow'
    ? !list.entries.some(({ pattern }) => allows(pattern, on.unit, by, world))
    : list.entries.some(({ pattern }) => on.nested || denies(pattern, on.unit, world));
}

/** Reasons of one policy's lists for one unit. */
export function listReasons(
  on: { readonly unit: Unit; readonly nested: boolean },
  by: Applied,
  rank: number,
  world: World,
): readonly OracleReason[] {
  return by.policy.lists
    .filter((list) => blocks(list, on, by, world))
    .map((list) => ({
      code: `${list.subject}_${list.effect === 'allow' ? 'not_allowed' : 'denied'}` as const,
      layer: `${list.subject}_lists` as const,
      policy: by.policy.id,
      requirement: '',
      state: list.effect === 'allow' ? 'not_listed' : 'denied',
      policyRank: rank,
      kindRank: list.effect === 'allow' ? 0 : 1,
      certain: true,
    }));
}

/** As much of a name as lists look at: what the client asks for, or a provider alone. */
export type ListedName = Partial<Pick<AskedName, 'pin' | 'base'>>;

/** Fields of a pattern that a name alone can be held against. */
function namesOnly({ region, endpoint, credential, target }: TargetPattern): boolean {
  return [region, endpoint, credential, target].every((field) => field === undefined);
}

/** True if a list, held against a name that has no candidates, keeps it out (L8). */
function keepsOut(list: TargetList, name: ListedName, world: World): boolean {
  const pin = name.pin === undefined ? undefined : meantProvider(name.pin, world);
  const open = { namedRegions: [], ownCredential: true, declarations: [], identity: '' };
  const unit: Unit = {
    ...open,
    targetId: '',
    provider: pin ?? '',
    model: name.base ?? '',
    reached: false,
  };
  const fits = ({ provider, model }: TargetPattern): boolean =>
    (pin === undefined || provider === undefined || meantProvider(provider, world) === pin) &&
    (list.subject === 'provider' ||
      model === undefined ||
      name.base === undefined ||
      glob(model, name.base));
  if (list.subject === 'provider' && pin === undefined && list.entries.length > 0) {
    return false;
  }
  return list.effect === 'allow'
    ? !list.entries.some(({ pattern }) => fits(pattern))
    : list.entries.some(({ pattern }) => namesOnly(pattern) && denies(pattern, unit, world));
}

/** The first list that keeps the name out; undefined: none does, so it is only unknown. */
export function listAgainstName(name: ListedName, world: World) {
  const acting = world.policies.filter(({ policy }) => policy.mode !== 'shadow');
  const steps = (['provider', 'model'] as const).flatMap((subject) =>
    acting.flatMap((by, rank) =>
      by.policy.lists
        .filter((list) => list.subject === subject && keepsOut(list, name, world))
        .map(() => ({ subject, rank, policy: by.policy.id })),
    ),
  );
  return steps[0];
}
