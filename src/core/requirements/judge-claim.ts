import type { Claim, ClaimName, ClaimValue } from '../model/claim';
import type { RequirementResult, TargetFacts, UnmetResult } from './requirement-kind';

/** What a requirement wants of one claim. */
export interface ClaimTest {
  readonly claim: ClaimName;
  /** In words: `zero_data_retention: true`. */
  readonly expected: string;
  /** True only if the value states explicitly what is wanted; total over values of any shape. */
  holds(value: ClaimValue): boolean;
}

/** Entries of a list that are shown before the rest is counted: a reason stays one readable line. */
const MAX_ENTRIES_SHOWN = 12;

/** Judges one claim by L1: only an explicit, covered, unexpired and undisputed statement satisfies. */
export function judgeClaim(test: ClaimTest, facts: TargetFacts): RequirementResult {
  const reading = facts.read(test.claim);
  switch (reading.state) {
    case 'stated':
      return test.holds(reading.claim.value)
        ? { state: 'satisfied', reliedOn: [reading.claim] }
        : unmet(test, 'contrary', showClaim(reading.claim), reading.claim);
    case 'unknown':
      return reading.uncovered === undefined
        ? unmet(test, 'unknown', 'not declared')
        : unmet(
            test,
            'unknown',
            'declared, but not for this api and these features',
            reading.uncovered,
          );
    case 'expired':
      return unmet(test, 'expired', `${showClaim(reading.claim)}, expired`, reading.claim);
    case 'conflicting':
      return unmet(test, 'conflicting', showConflict(reading.claims), reading.claims[0]);
  }
}

/** A claim as its file spells it: `retention_days: 30`. */
export function showClaim(claim: Claim): string {
  return `${claim.name}: ${showValue(claim.value)}`;
}

/** A value as a file spells it; lists in brackets, long ones cut. */
export function showValue(value: ClaimValue): string {
  return typeof value === 'object' ? showList(value) : String(value);
}

/** A list in brackets; what does not fit on a line is counted: `[a, b, and 7 more]`. */
export function showList(entries: readonly string[]): string {
  const rest = entries.length - MAX_ENTRIES_SHOWN;
  const shown = entries.slice(0, MAX_ENTRIES_SHOWN).join(', ');
  return rest > 0 ? `[${shown}, and ${String(rest)} more]` : `[${shown}]`;
}

/** What is wanting in one claim. */
export function unmet(
  test: Pick<ClaimTest, 'claim' | 'expected'>,
  state: UnmetResult['state'],
  observed: string,
  evidence?: Claim,
): UnmetResult {
  const base = { state, claim: test.claim, expected: test.expected, observed };
  return evidence === undefined ? base : { ...base, evidence };
}

function showConflict(claims: readonly Claim[]): string {
  return claims.map(showClaim).join(' and ');
}
