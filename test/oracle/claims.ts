import type { Api, Feature } from '../../src/core/model/api';
import type { TargetDeclaration } from '../../src/core/model/catalog';
import type { Claim, ClaimName } from '../../src/core/model/claim';
import type { BoundDocument } from '../../src/core/model/policy-set';
import type { Found, Reader, Unit, World } from './types';

/** Levels, the most specific first: it wins, and a silent one inherits (L13). */
const LEVELS = ['credential', 'target', 'endpoint', 'provider'] as const;
type Level = (typeof LEVELS)[number];

/** Claims on training, logging, retention and zero retention (L13). */
const CONTRACTUAL: readonly ClaimName[] = [
  'training_opt_out',
  'prompt_logging',
  'retention_days',
  'zero_data_retention',
];

const RETAINING: readonly Feature[] = ['store', 'background', 'batch', 'files', 'server_tools'];

/** What an api does by itself, if the request does not switch it off. */
const IMPLIED: Partial<Readonly<Record<Api, Feature>>> = {
  responses: 'store',
  batch: 'batch',
  files: 'files',
};

/** Features in use: those stated, and an api's default; `no_store` asks for nothing and needs no cover. */
function featuresInUse(world: World): readonly Feature[] {
  const { api, features } = world.request.context;
  const implied = api === undefined ? undefined : IMPLIED[api];
  const switchedOff = implied === 'store' && features.includes('no_store');
  const all = implied === undefined || switchedOff ? features : [...features, implied];
  return all.filter((feature) => feature !== 'no_store');
}

/** True if the claim speaks of this request's api and of every feature in use. */
function covers(claim: Claim, world: World): boolean {
  const { api } = world.request.context;
  if (claim.apis !== undefined && (api === undefined || !claim.apis.includes(api))) {
    return false;
  }
  return featuresInUse(world).every((feature) => {
    const mustBeNamed =
      claim.features !== undefined ||
      (CONTRACTUAL.includes(claim.name) && RETAINING.includes(feature));
    return !mustBeNamed || (claim.features ?? []).includes(feature);
  });
}

/** Nothing states the claim. */
export const UNKNOWN: Found = { state: 'unknown', claims: [] };

/** How well a statement is founded: its assurance, then how lately it was checked. */
function founding({ assurance, checkedAtMs = 0 }: Claim): number {
  return { declared: 0, contract: 1, audited: 2 }[assurance] * 1e15 + checkedAtMs;
}

/** Statements of one level, all with the same value: one that is in force is enough; the best founded counts. */
function inForce(claims: readonly Claim[], world: World): Found {
  const isExpired = ({ expiresAtMs }: Claim): boolean =>
    expiresAtMs !== undefined && expiresAtMs <= world.nowMs;
  const valid = claims.filter((claim) => !isExpired(claim) && covers(claim, world));
  if (valid.length > 0) {
    const best = [...valid].sort((a, b) => founding(b) - founding(a)).slice(0, 1);
    return { state: 'stated', claims: best };
  }
  return { state: claims.some(isExpired) ? 'expired' : 'unknown', claims };
}

/** What a declaration says that its target is. */
export function identityOf(target: TargetDeclaration): string {
  const { provider, model, endpoint = 0, region = 0, credential = 0 } = target;
  return JSON.stringify([provider, model, endpoint, region, credential]);
}

/** The target's own statements at one level; those on its credential say nothing of another credential. */
function targetStatements(level: Level, unit: Unit, file: BoundDocument): readonly Claim[] {
  return file.document.targets
    .filter((one) => one.id === unit.targetId && identityOf(one) === unit.identity)
    .filter(({ claimsStatedOn: on }) => on === level && (on === 'target' || unit.ownCredential))
    .flatMap(({ claims }) => claims);
}

/** What one file states at one level. */
function statements(level: Level, unit: Unit, file: BoundDocument): readonly Claim[] {
  const { providers, endpoints, credentials } = file.document;
  const table: Readonly<Record<Level, readonly Claim[]>> = {
    provider: providers.filter(({ id }) => id === unit.provider).flatMap(({ claims }) => claims),
    endpoint: endpoints
      .filter(({ id, provider }) => id === unit.endpointId && provider === unit.provider)
      .flatMap(({ claims }) => claims),
    target: [],
    credential: credentials
      .filter(({ id, provider }) => id === unit.credential && provider === unit.provider)
      .flatMap(({ claims }) => claims),
  };
  return [...table[level], ...targetStatements(level, unit, file)];
}

/** True unless the credential is listed as the operator's by what the view can see, and by nobody otherwise. */
function isCustomerCredential(unit: Unit, view: readonly BoundDocument[], world: World): boolean {
  if (unit.credential === undefined) {
    return false;
  }
  const owners = (files: readonly BoundDocument[]): readonly string[] =>
    files
      .flatMap(({ document }) => document.credentials)
      .filter(({ id, provider }) => id === unit.credential && provider === unit.provider)
      .map(({ owner }) => owner);
  return !owners(view).includes('operator') || owners(world.files).includes('customer');
}

/**
 * True if the traffic goes to an address that the view does not know, which voids inherited claims (L13).
 * Choice, fail closed: an endpoint that only another bound file declares is such an address.
 */
function isForeignAddress(unit: Unit, view: readonly BoundDocument[]): boolean {
  const known = view
    .flatMap(({ document }) => document.endpoints)
    .filter(({ provider }) => provider === unit.provider);
  if (unit.url !== undefined) {
    return !known.some(({ baseUrl }) => baseUrl === unit.url);
  }
  return unit.endpointId !== undefined && !known.some(({ id }) => id === unit.endpointId);
}

/** True if the candidate names an address that is nobody's in the catalog. */
export function isForeignUnit({ url, endpointId }: Unit): boolean {
  return url !== undefined && url === endpointId;
}

/**
 * All that anybody who exists for the request states of a claim on a unit, at any level, whatever address it is
 * sent to.
 */
export function allStatements(name: ClaimName, unit: Unit, world: World): readonly Claim[] {
  const { declaredEndpoint: endpointId } = unit;
  const asDeclared = endpointId === undefined ? [] : [{ ...unit, endpointId }];
  return [unit, ...asDeclared].flatMap((one) =>
    LEVELS.flatMap((level) =>
      world.files.flatMap((file) => statements(level, one, file)).filter((c) => c.name === name),
    ),
  );
}

function differ(claims: readonly Claim[]): boolean {
  return new Set(claims.map(({ value }) => JSON.stringify(value))).size > 1;
}

/** Finds claims in what the catalog states, as the files of the view show it. */
export function catalogReader(unit: Unit, view: readonly BoundDocument[], world: World): Reader {
  const read = levelReader(unit, view, world);
  return (name) => (isForeignAddress(unit, view) ? UNKNOWN : read(name));
}

/** The same, whatever address the traffic goes to. */
export function levelReader(unit: Unit, view: readonly BoundDocument[], world: World): Reader {
  return (name) => {
    const onlyCredential = CONTRACTUAL.includes(name) && isCustomerCredential(unit, view, world);
    for (const level of onlyCredential ? LEVELS.slice(0, 1) : LEVELS) {
      const from = (files: readonly BoundDocument[]): readonly Claim[] =>
        files.flatMap((file) => statements(level, unit, file)).filter((c) => c.name === name);
      if (from(view).length > 0) {
        const all = from(world.files);
        return differ(all) ? { state: 'conflicting', claims: all } : inForce(from(view), world);
      }
    }
    return UNKNOWN;
  };
}

/** Inline claims laid over what another reader finds. */
export function overlayReader(inline: readonly Claim[], under: Reader, world: World): Reader {
  return (name) => {
    const stated = inline.filter((claim) => claim.name === name);
    return stated.length > 0 ? inForce(stated, world) : under(name);
  };
}

/** The files whose claims satisfy a policy: unbound ones and, if the policy's own file is bound, that one. */
export function viewOf(home: BoundDocument | undefined, world: World): readonly BoundDocument[] {
  return world.files.filter((file) => file.binding === undefined || file === home);
}
