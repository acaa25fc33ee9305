import type { Claim } from '../../src/core/model/claim';
import type { BoundDocument } from '../../src/core/model/policy-set';
import type { RequirementRule } from '../../src/core/model/requirement';
import {
  allStatements,
  catalogReader,
  isForeignUnit,
  levelReader,
  overlayReader,
  UNKNOWN,
  viewOf,
} from './claims';
import { claimsOf, judge } from './requirements';
import type { Reader, Subject, Unit, Unmet, World } from './types';

/** Inline claims speak of the candidate itself, not of what its target reaches by its own choice. */
function inlineClaims(subject: Subject, unit: Unit): readonly Claim[] {
  return unit.reached ? [] : subject.candidate.claims;
}

/**
 * The readers that a requirement must hold on: the catalog, and what inline claims make of it; only the latter
 * where the caller is configured as the source of its targets' claims (design, section 4).
 */
function readersOf(subject: Subject, unit: Unit, view: readonly BoundDocument[], world: World) {
  const catalog = catalogReader(unit, view, world);
  const inline = inlineClaims(subject, unit);
  const overlay = overlayReader(inline, catalog, world);
  const owned = world.request.caller.ownsClaims && inline.length > 0;
  return { base: owned ? overlay : catalog, overlay, inline };
}

/**
 * A gateway that routes on, unless its own fallback is declared off. Choice, fail closed: a declaration that is
 * expired, conflicting or not covering still says that it is a gateway, and declares nothing off.
 */
function routesOn(reader: Reader): boolean {
  const { state, claims } = reader('nested_gateway');
  return claims.some(
    ({ value }) => value !== 'none' && (value !== 'fallback_off' || state !== 'stated'),
  );
}

/**
 * A nested gateway that routes on by itself (L13). What any view says counts for everybody: a bound file may
 * not declare for other policies that a gateway does not route on. Where the address is not the catalog's, who is
 * called a gateway anywhere is one, and no declaration speaks for it.
 */
export function isNested(subject: Subject, unit: Unit, world: World): boolean {
  const inline = inlineClaims(subject, unit);
  if (inline.some(({ name }) => name === 'nested_gateway')) {
    const own = overlayReader(inline, () => UNKNOWN, world);
    if (routesOn(own) || world.request.caller.ownsClaims) {
      return routesOn(own);
    }
  }
  if (isForeignUnit(unit)) {
    return allStatements('nested_gateway', unit, world).some(({ value }) => value !== 'none');
  }
  return [undefined, ...world.files].some((home) =>
    routesOn(levelReader(unit, viewOf(home, world), world)),
  );
}

/**
 * Why a requirement does not hold on one unit, for a policy of the given file (undefined: for the request
 * itself): at most one state for the catalog's claims and one for the inline ones. Empty: it holds.
 */
export function find(
  rule: RequirementRule,
  on: { readonly subject: Subject; readonly unit: Unit; readonly nested: boolean },
  home: BoundDocument | undefined,
  world: World,
): readonly Unmet[] {
  const { subject, unit } = on;
  if (on.nested) {
    return ['unknown'];
  }
  const { base, overlay, inline } = readersOf(subject, unit, viewOf(home, world), world);
  const speaks = inline.some(({ name }) => claimsOf(rule).includes(name));
  const states = [base, ...(speaks ? [overlay] : [])].map((read) =>
    judge(rule, { read, unit, world }),
  );
  return [...new Set(states)].filter((state) => state !== 'satisfied');
}
