import { RETAINING_FEATURES, type Api, type Feature } from '../model/api';
import { CONTRACTUAL_CLAIMS, type Claim } from '../model/claim';
import type { RequestContext } from '../model/request';

/** What of a request decides which claims cover it. */
export interface Situation {
  readonly api: Api | undefined;
  /** Features in use, those that the api uses by default among them; `no_store` is none. */
  readonly features: readonly Feature[];
  /** Equal for equal situations. */
  readonly key: string;
}

/** Features that an api uses unless the request says otherwise. */
const DEFAULT_FEATURES: Partial<Readonly<Record<Api, Feature>>> = {
  responses: 'store',
  batch: 'batch',
  files: 'files',
};

/** The situation of a request. */
export function situationOf({ api, features }: RequestContext): Situation {
  if (api === undefined && features.length === 0) return PLAIN;
  const byDefault = api === undefined ? undefined : DEFAULT_FEATURES[api];
  const off = byDefault === 'store' && features.includes('no_store');
  const all = new Set<Feature>(features.filter((feature) => feature !== 'no_store'));
  if (byDefault !== undefined && !off) all.add(byDefault);
  const inUse = [...all].sort();
  return { api, features: inUse, key: `${api ?? ''}|${inUse.join(',')}` };
}

const PLAIN: Situation = { api: undefined, features: [], key: '|' };

/**
 * True if the claim speaks of such requests. A claim that is limited says nothing elsewhere; a contractual one
 * covers features that keep data only where it names them (design, section 3).
 */
export function covers(situation: Situation, claim: Claim): boolean {
  const { api } = situation;
  if (claim.apis !== undefined && (api === undefined || !claim.apis.includes(api))) return false;
  return situation.features.every((feature) => coversFeature(claim, feature));
}

function coversFeature(claim: Claim, feature: Feature): boolean {
  if (claim.features !== undefined) return claim.features.includes(feature);
  return !(CONTRACTUAL_CLAIMS.has(claim.name) && RETAINING_FEATURES.includes(feature));
}
