import type { Bundle, CatalogTarget, Statement } from '../core/engine/bundle';
import { tablesOf } from '../core/engine/claim-tables';
import { sameValue } from '../core/engine/read-claims';
import { plainSubject, providerSubject } from '../core/engine/subject';
import type { Subject } from '../core/engine/subject';
import type { ProviderDeclaration, TargetDeclaration } from '../core/model/catalog';
import type { Claim, ClaimLevel, ClaimName } from '../core/model/claim';
import { CLAIM_TYPES, CONTRACTUAL_CLAIMS, isKnownClaimName } from '../core/model/claim';
import type { BundleRef } from '../ports/answer';
import type { Clock } from '../ports/clock';
import type { DigestOf } from '../ports/id-source';
import type { BundleStore } from './bundle-store';
import type { Caller } from './caller-rights';
import { createPageTokens } from './page-token';

/** One claim in force, and the level that states it. */
export interface ClaimInForce {
  readonly claim: Claim;
  readonly level: ClaimLevel;
}

/** A target, or a provider of which every model is known, with the claims in force in registry order. */
export type CatalogEntry =
  | {
      readonly kind: 'target';
      readonly declaration: TargetDeclaration;
      readonly claims: readonly ClaimInForce[];
    }
  | {
      readonly kind: 'provider';
      readonly declaration: ProviderDeclaration;
      readonly claims: readonly ClaimInForce[];
    };

/** One page of the catalog. */
export interface CatalogPage {
  readonly entries: readonly CatalogEntry[];
  /** Empty: this is the last page. */
  readonly nextPageToken: string;
  /** Absent: none is loaded, so there are no entries. */
  readonly bundle?: BundleRef;
}

/** What reading the catalog needs. */
export interface CatalogQueryParts {
  readonly store: BundleStore;
  readonly clock: Clock;
  readonly digestOf: DigestOf;
}

/** Which page, and for whom. `pageSize` is at least 1; an empty token is the first page. */
export interface CatalogAsk {
  readonly pageSize: number;
  readonly pageToken: string;
  readonly caller: Pick<Caller, 'name' | 'maySee'>;
}

/**
 * Reads one page of the active bundle's catalog: targets in file order, then providers that know any model. What only
 * files say that are bound to other tenants or scopes than the caller's is not shown.
 * `problem`: the page token is not one of this catalog.
 */
export function readCatalog(
  { store, clock, digestOf }: CatalogQueryParts,
  ask: CatalogAsk,
): CatalogPage | { readonly problem: string } {
  const nowMs = clock.nowMs();
  const bundle = store.active()?.bundle;
  const reference = store.reference(nowMs);
  if (bundle === undefined || reference === undefined) {
    return { entries: [], nextPageToken: '' };
  }
  const { name, maySee } = ask.caller;
  const listing = JSON.stringify([name, reference.digest, reference.validUntilMs ?? null]);
  const tokens = createPageTokens(listing, digestOf);
  const start = tokens.read(ask.pageToken);
  if ('problem' in start) return start;
  const isVisible = bundle.set.documents.map(
    ({ binding }) => binding === undefined || maySee(binding),
  );
  const sources = entrySources(bundle, (document) => isVisible[document] === true);
  const end = start.offset + ask.pageSize;
  return {
    entries: sources.slice(start.offset, end).map((source) => toEntry(bundle, source, nowMs)),
    nextPageToken: end < sources.length ? tokens.write(end) : '',
    bundle: reference,
  };
}

/** What an entry is made from, as far as it may be shown. */
type EntrySource =
  | {
      readonly kind: 'target';
      readonly target: CatalogTarget;
      /** The first that may be shown. */
      readonly declaration: TargetDeclaration;
      /** Those that declare it and may be shown. */
      readonly documents: readonly number[];
    }
  | {
      readonly kind: 'provider';
      readonly provider: ProviderDeclaration;
      readonly document: number;
    };

function entrySources(
  { catalog }: Bundle,
  isVisible: (document: number) => boolean,
): readonly EntrySource[] {
  const targets = catalog.targets.flatMap((target): readonly EntrySource[] => {
    const shown = target.declarations.filter(({ document }) => isVisible(document));
    const [first] = shown;
    if (first === undefined) return [];
    const documents = target.documents.filter(isVisible);
    return [{ kind: 'target', target, declaration: first.declaration, documents }];
  });
  const open = [...catalog.providers.values()].flatMap((placed) =>
    placed
      .filter(({ declaration, document }) => declaration.models === 'any' && isVisible(document))
      .slice(0, 1)
      .map(({ declaration, document }): EntrySource => ({
        kind: 'provider',
        provider: declaration,
        document,
      })),
  );
  return [...targets, ...open];
}

function toEntry(bundle: Bundle, source: EntrySource, nowMs: number): CatalogEntry {
  if (source.kind === 'target') {
    const { target, declaration, documents } = source;
    const sight = { bundle, documents, nowMs };
    return { kind: 'target', declaration, claims: claimsInForce(plainSubject(target), sight) };
  }
  const { provider, document } = source;
  const subject = providerSubject(provider.id, { provider: provider.id });
  const sight = { bundle, documents: [document], nowMs };
  return { kind: 'provider', declaration: provider, claims: claimsInForce(subject, sight) };
}

/** A target shows the claims of unbound files and of those that declare it, whatever scope they are bound to. */
interface Sight {
  readonly bundle: Bundle;
  readonly documents: readonly number[];
  readonly nowMs: number;
}

function claimsInForce(subject: Subject, sight: Sight): readonly ClaimInForce[] {
  const visible = sight.bundle.set.documents.map(
    ({ binding }, index) => binding === undefined || sight.documents.includes(index),
  );
  const { tables, isCustomers } = tablesOf({ bundle: sight.bundle, visible }, subject);
  const customerCredential = isCustomers(sight.documents[0] ?? 'unbound');
  const found = new Map<ClaimName, ClaimInForce | undefined>();
  for (const { level, statements } of tables) {
    for (const [name, all] of statements) {
      if (found.has(name)) continue;
      if (customerCredential && CONTRACTUAL_CLAIMS.has(name) && level !== 'credential') continue;
      const seen = all.filter(({ document }) => visible[document] === true);
      if (seen.length > 0) found.set(name, inForce(seen, level, sight.nowMs));
    }
  }
  return [...found.values()]
    .filter((claim) => claim !== undefined)
    .sort((left, right) => compareClaims(left.claim.name, right.claim.name));
}

/** Undefined for a claim that is expired or stated in two ways: it hides wider levels, and is not in force. */
function inForce(
  statements: readonly Statement[],
  level: ClaimLevel,
  nowMs: number,
): ClaimInForce | undefined {
  const claims = statements.map(({ claim }) => claim);
  const [first] = claims;
  if (claims.some((claim) => !sameValue(claim, first))) return undefined;
  const claim = claims.find(({ expiresAtMs }) => expiresAtMs === undefined || nowMs < expiresAtMs);
  return claim === undefined ? undefined : { claim, level };
}

const CLAIM_ORDER: ReadonlyMap<string, number> = new Map(
  Object.keys(CLAIM_TYPES).map((name, index) => [name, index]),
);

/** Known claims in registry order, then the others by name. */
function compareClaims(left: ClaimName, right: ClaimName): number {
  const difference = rankOf(left) - rankOf(right);
  return difference === 0 ? compareText(left, right) : difference;
}

function rankOf(name: ClaimName): number {
  return isKnownClaimName(name) ? (CLAIM_ORDER.get(name) ?? CLAIM_ORDER.size) : CLAIM_ORDER.size;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
