import type { TargetPattern } from '../model/policy';
import { canonicalId, foldedId } from './identifier';
import { isRegionName, mayOverlap } from '../requirements/regions';
import { matchesGlob } from './glob';

/** What identifies a target; absent parts are not named by anybody. */
export interface TargetIdentity {
  readonly id?: string;
  readonly provider?: string;
  readonly model?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly credential?: string;
  /** All regions that something names for it: the target, its endpoint, its model. Absent: only `region`. */
  readonly regions?: readonly string[];
  /** All endpoints that it may be at. Absent: only `endpoint`. */
  readonly endpoints?: readonly string[];
}

/** The ids of the providers that a name may mean: one for an exact reading, several for one that folds. */
export type ProviderNames = (name: string) => readonly string[];

/** How what a list says is compared with what a target is. */
export interface Comparison {
  /** Brings two ids to one form before they are compared. */
  readonly form: (id: string) => string;
  /** True if the regions that a target names are what the entry wants. */
  readonly region: (wanted: string, named: readonly string[]) => boolean;
}

/** For allow lists: exact but for Unicode composition, and every region that is named must be the entry's. */
export const EXACT: Comparison = {
  form: canonicalId,
  region: (wanted, named) =>
    named.length > 0 && named.every((each) => canonicalId(each) === canonicalId(wanted)),
};

/**
 * For deny lists: case and compatibility forms are ignored, and one named region is enough that is the entry's or
 * may have something in common with it: a ban on a place holds for `global` and for names that are no place.
 */
export const FOLDED: Comparison = {
  form: foldedId,
  region: (wanted, named) =>
    named.some(
      (each) =>
        foldedId(each) === foldedId(wanted) || (isRegionName(wanted) && mayOverlap(each, wanted)),
    ),
};

/**
 * True if every part that the pattern names is matched. `providersOf` gives the ids that a provider's name may
 * mean. A part that the target does not name is not matched by a pattern that asks for it.
 */
export function matchesPattern(
  pattern: TargetPattern,
  target: TargetIdentity,
  comparison: Comparison,
  providersOf: ProviderNames,
): boolean {
  const { form } = comparison;
  return (
    matchesProvider(pattern.provider, target.provider, form, providersOf) &&
    matchesText(pattern.model, target.model, form) &&
    matchesText(pattern.target, target.id, form) &&
    (pattern.region === undefined || comparison.region(pattern.region, regionsOf(target))) &&
    matchesPart(pattern.endpoint, endpointsOf(target), form) &&
    matchesPart(pattern.credential, presentParts(target.credential), form)
  );
}

function endpointsOf({ endpoints, endpoint }: TargetIdentity): readonly string[] {
  return endpoints ?? presentParts(endpoint);
}

function presentParts(part: string | undefined): readonly string[] {
  return part === undefined ? [] : [part];
}

function regionsOf({ regions, region }: TargetIdentity): readonly string[] {
  return regions ?? presentParts(region);
}

function matchesProvider(
  wanted: string | undefined,
  actual: string | undefined,
  form: Comparison['form'],
  providersOf: ProviderNames,
): boolean {
  if (wanted === undefined) return true;
  return actual !== undefined && providersOf(wanted).some((id) => form(id) === form(actual));
}

function matchesText(
  wanted: string | undefined,
  actual: string | undefined,
  form: Comparison['form'],
): boolean {
  if (wanted === undefined) return true;
  return actual !== undefined && matchesGlob(form(wanted), form(actual));
}

function matchesPart(
  wanted: string | undefined,
  actual: readonly string[],
  form: Comparison['form'],
): boolean {
  if (wanted === undefined) return true;
  return actual.some((each) => form(wanted) === form(each));
}
