import { covers, situationOf } from '../../core/engine/situation';
import { APIS, FEATURES, type Api, type Feature } from '../../core/model/api';
import type { TargetDeclaration } from '../../core/model/catalog';
import type { Claim } from '../../core/model/claim';
import type { BundlePair } from './circumstances';

/** An api and the features of a request; `api` absent: not said. */
export interface AskedSituation {
  readonly api?: Api;
  readonly features: readonly Feature[];
}

/**
 * One situation for each way in which requests can differ by api and features, of all claims and targets of both
 * bundles. Only which claims cover a request, and which targets speak its api, is looked at when deciding.
 */
export function situationsOf(pair: BundlePair): readonly AskedSituation[] {
  const claims = claimShapes(pair);
  const targets = apiLists(pair);
  const found = new Map<string, AskedSituation>();
  for (const features of featureSets(claims)) {
    for (const api of [undefined, ...APIS]) {
      const asked = { ...(api === undefined ? {} : { api }), features };
      const situation = situationOf({ ...REST, ...asked });
      const key = JSON.stringify([
        claims.map((claim) => covers(situation, claim)),
        targets.map((apis) => api === undefined || apis.includes(api)),
      ]);
      if (!found.has(key)) found.set(key, asked);
    }
  }
  return [...found.values()];
}

const REST = {
  scope: new Map<string, string>(),
  models: [],
  modelIdStyle: 'auto' as const,
  preferences: {},
  attributes: new Map<string, string>(),
};

/** Claims of both, one for each way of being limited. */
function claimShapes(pair: BundlePair): readonly Claim[] {
  const claims = [pair.old, pair.new].flatMap(({ set }) =>
    set.documents.flatMap(({ document }) =>
      [document.providers, document.endpoints, document.credentials, document.targets].flatMap(
        (declarations) => declarations.flatMap((declaration) => declaration.claims),
      ),
    ),
  );
  const shapes = new Map<string, Claim>();
  for (const claim of claims) {
    const coverage = FEATURES.map((feature) => coversAlone(claim, feature));
    shapes.set(JSON.stringify([claim.apis ?? null, coverage]), claim);
  }
  return [...shapes.values()];
}

/** Whether the claim covers the feature, over an api that it covers. */
function coversAlone(claim: Claim, feature: Feature): boolean {
  return covers({ api: claim.apis?.[0], features: [feature], key: '' }, claim);
}

function apiLists(pair: BundlePair): readonly (readonly Api[])[] {
  const targets = [pair.old, pair.new].flatMap(({ set }) =>
    set.documents.flatMap(({ document }): readonly TargetDeclaration[] => document.targets),
  );
  return targets.flatMap(({ apis }) => (apis === undefined ? [] : [apis]));
}

/**
 * Sets of features, small ones first, one for each set of claims that covers them. A claim covers a set if it covers
 * each of it, so that sets grow by one feature at a time.
 */
function featureSets(claims: readonly Claim[]): readonly (readonly Feature[])[] {
  const found = new Map<string, readonly Feature[]>([[coverageKey(claims, []), []]]);
  for (const feature of FEATURES) {
    if (feature === 'no_store') continue;
    for (const known of [...found.values()]) {
      const set = [...known, feature];
      const key = coverageKey(claims, set);
      if (!found.has(key)) found.set(key, set);
    }
  }
  const sets = [...found.values()].sort((left, right) => left.length - right.length);
  // What keeps the Responses API from its default is a feature of its own.
  return [...sets, ...sets.map((set) => [...set, 'no_store' as const])];
}

function coverageKey(claims: readonly Claim[], features: readonly Feature[]): string {
  return claims
    .map((claim) => (features.every((feature) => coversAlone(claim, feature)) ? '1' : '0'))
    .join('');
}
