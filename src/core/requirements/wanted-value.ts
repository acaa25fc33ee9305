import type { KnownClaimName } from '../model/claim';
import type { RequirementKindName } from '../model/requirement';
import { judgeClaim, type ClaimTest } from './judge-claim';
import type { RequirementKind } from './requirement-kind';

/** A kind that wants exactly one value of exactly one claim; most switches are of this sort. */
export function wantedValue<K extends RequirementKindName>(
  kind: K,
  claim: KnownClaimName,
  wanted: boolean | string,
): RequirementKind<K> {
  const expected = `${claim}: ${String(wanted)}`;
  return wantedTest(kind, { claim, expected, holds: (value) => value === wanted }, expected);
}

/** A kind that puts one test, without parameters, to one claim; `remedy` is a statement that would pass it. */
export function wantedTest<K extends RequirementKindName>(
  kind: K,
  test: ClaimTest,
  remedy: string,
): RequirementKind<K> {
  return {
    kind,
    claims: () => [test.claim],
    expected: () => test.expected,
    evaluate: (_rule, facts) => judgeClaim(test, facts),
    remedy: () => remedy,
  };
}
