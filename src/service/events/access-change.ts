import { diff, type DiffLimits } from '../diff/diff';
import type { BundlePair } from '../diff/circumstances';
import type { DiffCircumstance, DiffDifference } from '../diff/diff-document';
import { bounded, fitText } from './bounded';

/** Changes of one event; `ambit diff` shows all. */
const MAX_CHANGES = 20;

/** Scopes that are named in one change, and targets that are gained or lost in it. */
const MAX_SCOPES = 5;
const MAX_TARGETS = 10;

/**
 * What is compared at most. Whoever asks for decisions meanwhile waits, so that it is little: a few targets and tenants.
 * With more, the event says that nobody knows, and does not say that nothing is wider; `ambit diff` compares more.
 */
const LIMITS: DiffLimits = { requests: 150, pairs: 150 };

/** Targets of both bundles together; with more, it is not even counted how much there would be to compare. */
const MAX_COMPARED_TARGETS = 100;

/** Who gains and who loses which target by a new bundle. */
export type AccessChange =
  | {
      readonly known: true;
      readonly wider: boolean;
      readonly narrower: boolean;
      readonly changes: readonly ScopesChange[];
      /** How many changes are not shown. Absent: none. */
      readonly omitted_changes?: number;
      /** Why `wider: false` is no proof. */
      readonly unproven: readonly string[];
    }
  | { readonly known: false; readonly why: 'first_bundle' | 'too_large_to_compare' };

/** What the same scopes gain and lose. */
interface ScopesChange {
  /** `tenant=acme, team=research`. */
  readonly scopes: readonly string[];
  readonly gains: readonly string[];
  readonly loses: readonly string[];
  /** True: there are more scopes or targets than are named. */
  readonly is_cut: boolean;
}

/** Compares the bundle that decided with the one that decides now. Pure. */
export function accessChange(pair: BundlePair, nowMs: number): AccessChange {
  const targets = pair.old.catalog.targets.length + pair.new.catalog.targets.length;
  if (targets > MAX_COMPARED_TARGETS) return { known: false, why: 'too_large_to_compare' };
  const result = diff(pair, nowMs, LIMITS);
  if ('tooLarge' in result) return { known: false, why: 'too_large_to_compare' };
  const { wider, narrower, differences, unproven } = result.document;
  const { shown, omitted } = bounded(differences, MAX_CHANGES);
  return {
    ...{ known: true, wider, narrower, changes: shown.map(changeOf) },
    ...(omitted === undefined ? {} : { omitted_changes: omitted }),
    unproven: bounded(unproven, MAX_CHANGES).shown.map(fitText),
  };
}

function changeOf(difference: DiffDifference): ScopesChange {
  const scopes = bounded([...new Set(difference.for.map(scopeText))], MAX_SCOPES);
  const gains = bounded(targetsOf(difference, 'gains'), MAX_TARGETS);
  const loses = bounded(targetsOf(difference, 'loses'), MAX_TARGETS);
  const isCut = [scopes, gains, loses].some(({ omitted }) => omitted !== undefined);
  return { scopes: scopes.shown, gains: gains.shown, loses: loses.shown, is_cut: isCut };
}

function targetsOf({ changes }: DiffDifference, way: 'gains' | 'loses'): readonly string[] {
  const targets = changes.flatMap((change) => change[way].map(({ target }) => fitText(target)));
  return [...new Set(targets)];
}

function scopeText({ scope, otherValues }: DiffCircumstance): string {
  const named = Object.entries(scope).map(([key, value]) => `${key}=${value}`);
  const words = [...named, ...otherValues.map((key) => `${key}=(any other)`)];
  return words.length === 0 ? '(no scope)' : fitText(words.join(', '));
}
