import type { Claim, ClaimName } from '../../core/model/claim';
import type { PolicySet } from '../../core/model/policy-set';

/**
 * What the catalog states, value by value: a bound is loosened to the next value that somebody declares, because a
 * looser one between two of them would change nothing.
 */
export interface CatalogValues {
  /** Numbers of a claim, ascending. */
  numbers(claim: ClaimName): readonly number[];
  /** Words of a claim (regions, countries, quantizations), each once, in file order. */
  words(claim: ClaimName): readonly string[];
}

/** Collects the values of all claims of a set. */
export function catalogValues(set: PolicySet): CatalogValues {
  const claims = set.documents.flatMap(({ document }) =>
    [document.providers, document.endpoints, document.credentials, document.targets].flatMap(
      (owners) => owners.flatMap((owner): readonly Claim[] => owner.claims),
    ),
  );
  const valuesOf = (name: ClaimName) =>
    claims.filter((claim) => claim.name === name).flatMap(({ value }) => value);
  return {
    numbers: (name) =>
      [...new Set(valuesOf(name).filter((value) => typeof value === 'number'))].sort(
        (left, right) => left - right,
      ),
    words: (name) => [...new Set(valuesOf(name).filter((value) => typeof value === 'string'))],
  };
}
