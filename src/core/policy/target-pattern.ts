import type { TargetPattern } from '../model/policy';
import { canonicalId, foldedId } from './identifier';
import { matchesGlob } from './glob';

/** What identifies a target; absent parts are not named by anybody. */
export interface TargetIdentity {
  readonly id?: string;
  readonly provider?: string;
  readonly model?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly credential?: string;
}

/** How two ids are brought to one form before they are compared. */
export type Normalisation = (id: string) => string;

/** The form for allow lists: exact but for Unicode composition. */
export const EXACT: Normalisation = canonicalId;

/** The form for deny lists: case and compatibility forms are ignored. */
export const FOLDED: Normalisation = foldedId;

/**
 * True if every part that the pattern names is matched. `providerOf` maps aliases to ids. A part that the
 * target does not name is not matched by a pattern that asks for it.
 */
export function matchesPattern(
  pattern: TargetPattern,
  target: TargetIdentity,
  form: Normalisation,
  providerOf: (name: string) => string,
): boolean {
  return (
    matchesProvider(pattern.provider, target.provider, form, providerOf) &&
    matchesText(pattern.model, target.model, form) &&
    matchesText(pattern.target, target.id, form) &&
    matchesPart(pattern.region, target.region, form) &&
    matchesPart(pattern.endpoint, target.endpoint, form) &&
    matchesPart(pattern.credential, target.credential, form)
  );
}

function matchesProvider(
  wanted: string | undefined,
  actual: string | undefined,
  form: Normalisation,
  providerOf: (name: string) => string,
): boolean {
  if (wanted === undefined) return true;
  return actual !== undefined && form(providerOf(wanted)) === form(actual);
}

function matchesText(
  wanted: string | undefined,
  actual: string | undefined,
  form: Normalisation,
): boolean {
  if (wanted === undefined) return true;
  return actual !== undefined && matchesGlob(form(wanted), form(actual));
}

function matchesPart(
  wanted: string | undefined,
  actual: string | undefined,
  form: Normalisation,
): boolean {
  if (wanted === undefined) return true;
  return actual !== undefined && form(wanted) === form(actual);
}
