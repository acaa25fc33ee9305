import type { DeclarationPlaces } from '../model/catalog';
import type { Claim, ClaimLevel } from '../model/claim';
import type { PolicySet } from '../model/policy-set';
import type { SourcePosition } from '../model/source-position';
import { canonicalId } from '../policy/identifier';

/** Whatever may state claims, at the level at which it does. */
export interface ClaimHolder {
  readonly level: ClaimLevel;
  readonly id: string;
  /** The canonical id of its provider, aliases resolved; of a provider its own. */
  readonly provider: string;
  /** The id of the endpoint that it names, if any. */
  readonly endpoint?: string;
  readonly region?: string;
  readonly claims: readonly Claim[];
  readonly position: SourcePosition;
  readonly places?: DeclarationPlaces;
}

/** All holders of claims in file order, in each file from the widest level to the most specific. */
export function claimHolders(set: PolicySet): readonly ClaimHolder[] {
  const providerOf = providerNames(set);
  return set.documents.flatMap(({ document }) => [
    ...document.providers.map((one) => hold('provider', one, providerOf(one.id))),
    ...document.endpoints.map((one) => hold('endpoint', one, providerOf(one.provider))),
    ...document.targets.map((one) => hold('target', one, providerOf(one.provider))),
    ...document.credentials.map((one) => hold('credential', one, providerOf(one.provider))),
  ]);
}

/** A function from a provider's id or alias to its canonical id; unknown names stand for themselves. */
export function providerNames(set: PolicySet): (name: string) => string {
  const ids = new Map<string, string>();
  for (const { document } of set.documents) {
    for (const { id, aliases } of document.providers) {
      for (const alias of aliases) ids.set(canonicalId(alias), canonicalId(id));
    }
  }
  return (name) => ids.get(canonicalId(name)) ?? canonicalId(name);
}

function hold(
  level: ClaimLevel,
  holder: Omit<ClaimHolder, 'level' | 'provider'>,
  provider: string,
): ClaimHolder {
  const { id, claims, position, places, endpoint, region } = holder;
  return {
    ...{ level, id: canonicalId(id), provider, claims, position },
    ...(places === undefined ? {} : { places }),
    ...(endpoint === undefined ? {} : { endpoint: canonicalId(endpoint) }),
    ...(region === undefined ? {} : { region }),
  };
}
