import type { ClaimValue } from '../model/claim';
import { judgeClaim, showList, type ClaimTest } from './judge-claim';
import { isList } from './judge-regions';
import { isInside, mayOverlap } from './regions';
import type { RequirementKind, RuleOf } from './requirement-kind';

const KIND = 'headquarters';

/**
 * Where the company and its parents have their seats: all inside `allow`, none inside `deny`. Says nothing of
 * where data is processed or kept (L2).
 */
export const headquarters: RequirementKind<typeof KIND> = {
  kind: KIND,
  claims: () => ['headquarters'],
  expected: (rule) => testOf(rule).expected,
  evaluate: (rule, facts) => judgeClaim(testOf(rule), facts),
  remedy: (rule) => `headquarters: ${showBounds(rule)}`,
};

function testOf(rule: RuleOf<typeof KIND>): ClaimTest {
  return {
    claim: 'headquarters',
    expected: `headquarters ${showBounds(rule)}`,
    holds: (value) => seatsFit(rule, value),
  };
}

function showBounds({ allow, deny }: RuleOf<typeof KIND>): string {
  const bounds: string[] = [];
  if (allow !== undefined) bounds.push(`all inside ${showList(allow)}`);
  if (deny !== undefined) bounds.push(`none inside ${showList(deny)}`);
  return bounds.join(' and ');
}

// A list without a seat says nothing, and a rule without a bound demands nothing: neither satisfies.
function seatsFit({ allow, deny }: RuleOf<typeof KIND>, value: ClaimValue): boolean {
  if (!isList(value) || value.length === 0) return false;
  if (allow === undefined && deny === undefined) return false;
  const allowed = allow === undefined || value.every((seat) => isInside(seat, allow));
  return allowed && !denied(value, deny ?? []);
}

// A seat that is wider than a country, or unlisted, is denied as soon as it may lie in a denied one.
function denied(seats: readonly string[], deny: readonly string[]): boolean {
  return seats.some((seat) => deny.some((entry) => mayOverlap(seat, entry)));
}
