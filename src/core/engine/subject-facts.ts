import type { Claim, ClaimName } from '../model/claim';
import type { ClaimReading } from '../model/requirement';
import { profileRegions } from '../policy/model-name';
import type { TargetFacts } from '../requirements/requirement-kind';
import { visiblePlaced, type CatalogView, type ClaimSight } from './catalog-view';
import { authorsOf } from './model-authors';
import { tablesOf } from './claim-tables';
import {
  bestReading,
  judgeStatement,
  layOver,
  readCatalogClaim,
  sameValue,
  type ReadingContext,
} from './read-claims';
import { possiblePlace, type PossiblePlace } from './possible-place';
import type { Situation } from './situation';
import type { Subject } from './subject';
import { joinKey } from './bundle';

/** What all judgements of one request share. */
export interface JudgingContext {
  readonly view: CatalogView;
  readonly situation: Situation;
  readonly attributes: ReadonlyMap<string, string>;
  readonly nowMs: number;
}

/** The facts of one subject, from the catalog and as the candidate's own claims would have them. */
export interface SubjectFacts {
  /** By sight: what policies of that sight rely on. */
  catalog(sight: ClaimSight): TargetFacts;
  /** The catalog's facts with the candidate's laid over; undefined where it brings none of its own to judge beside. */
  inline(sight: ClaimSight): TargetFacts | undefined;
  /** True if the candidate's own claims speak of the claim. */
  speaksOf(name: ClaimName): boolean;
  /** All regions that something names for it. */
  readonly namedRegions: readonly string[];
  /** Where it may be, for deny lists. */
  readonly place: PossiblePlace;
  /** True if it routes on by itself (L13). */
  readonly nested: boolean;
  /** Whose model it is, as far as its names say (`author/model`). */
  authors(sight: ClaimSight): readonly string[];
}

/** Prepares reading the claims of a subject. */
export function factsOf(context: JudgingContext, subject: Subject): SubjectFacts {
  const reading: ReadingContext = { ...context, tables: tablesOf(context.view, subject) };
  const inlineByName = groupClaims(subject.inlineClaims);
  const regions = namedRegions(context.view, subject);
  const plain = (sight: ClaimSight): TargetFacts => ({
    read: (name) => readCatalogClaim(reading, sight, name),
    namedRegions: regions,
    attributes: context.attributes,
    nowMs: context.nowMs,
  });
  const over = (sight: ClaimSight): TargetFacts =>
    layOver(plain(sight), (name) => readInline(reading, inlineByName.get(name)));
  const replaces = subject.inlineReplaces;
  return {
    catalog: replaces ? over : plain,
    inline: (sight) => (replaces || subject.inlineClaims.length === 0 ? undefined : over(sight)),
    namedRegions: regions,
    place: possiblePlace(context.view, subject, regions),
    speaksOf: (name) => inlineByName.has(name),
    authors: (sight) => authorsOf(context.view, subject, sight),
    nested: isNested(
      reading,
      subject,
      readInline(reading, inlineByName.get('nested_gateway')),
      replaces,
    ),
  };
}

function groupClaims(claims: readonly Claim[]): ReadonlyMap<ClaimName, readonly Claim[]> {
  const groups = new Map<ClaimName, Claim[]>();
  for (const claim of claims) groups.set(claim.name, [...(groups.get(claim.name) ?? []), claim]);
  return groups;
}

function readInline(
  context: ReadingContext,
  claims: readonly Claim[] | undefined,
): ClaimReading | undefined {
  if (claims === undefined) return undefined;
  if (claims.some((claim) => !sameValue(claim, claims[0]))) return { state: 'conflicting', claims };
  return bestReading(claims.map((claim) => judgeStatement(context, claim)));
}

/** All regions that something names for the subject; each must satisfy a residency requirement. */
function namedRegions(view: CatalogView, { identity }: Subject): readonly string[] {
  const { provider, endpoint, region, model } = identity;
  const endpoints =
    endpoint === undefined
      ? []
      : visiblePlaced(view, view.bundle.catalog.endpoints.get(joinKey(provider ?? '', endpoint)));
  const named = [region, ...endpoints.map((each) => each.region), ...profileRegions(model ?? '')];
  return named.filter((each) => each !== undefined);
}

/**
 * A gateway routes on if anybody's sight says so: a bound file may not declare for other policies that one does
 * not (L13). Where inline claims replace the catalog's, they alone are asked. An address that is not the catalog's
 * voids what speaks for a target, never that it is a gateway.
 */
function isNested(
  context: ReadingContext,
  subject: Subject,
  inline: ClaimReading | undefined,
  replaces: boolean,
): boolean {
  if (inline !== undefined && routesOn(inline)) return true;
  if (replaces && inline !== undefined) return false;
  if (subject.foreignAddress) return isCalledGateway(context, subject);
  const bound = context.view.bundle.set.documents.flatMap(({ binding }, index) =>
    binding !== undefined && context.view.visible[index] === true ? [index] : [],
  );
  const tables = { ...context.tables, isForeign: () => false };
  return (['unbound', ...bound] as const).some((sight) =>
    routesOn(readCatalogClaim({ ...context, tables }, sight, 'nested_gateway')),
  );
}

/** True if anything that the request can see calls the subject a gateway, with or without its own fallback. */
function isCalledGateway(
  { tables: { tables }, view }: ReadingContext,
  { identity: { provider = '' }, target }: Subject,
): boolean {
  const declaredAt = joinKey(provider, target?.identity.endpoint ?? '');
  const ofEndpoint = view.bundle.catalog.endpointTables.get(declaredAt);
  const all = [
    ...tables.map(({ statements }) => statements),
    ...(ofEndpoint === undefined ? [] : [ofEndpoint]),
  ];
  return all
    .flatMap((statements) => statements.get('nested_gateway') ?? [])
    .some(({ claim, document }) => view.visible[document] === true && claim.value !== 'none');
}

/** A declaration that is expired, disputed or not for this request still says that it is a gateway. */
function routesOn(reading: ClaimReading): boolean {
  switch (reading.state) {
    case 'stated':
      return reading.claim.value !== 'none' && reading.claim.value !== 'fallback_off';
    case 'expired':
      return reading.claim.value !== 'none';
    case 'conflicting':
      return reading.claims.some(({ value }) => value !== 'none');
    case 'unknown':
      return reading.uncovered !== undefined && reading.uncovered.value !== 'none';
  }
}
