import type { AccessChange, ScopesChange } from '../../ports/compare-bundles';
import type { BundlePair } from '../diff/circumstances';
import { diff } from '../diff/diff';
import type { DiffCircumstance, DiffDifference } from '../diff/diff-document';
import { bounded, fitText } from './bounded';

/** Changes of one event; `ambit diff` shows all. */
const MAX_CHANGES = 20;

/** Scopes that are named in one change, and targets that are gained or lost in it. */
const MAX_SCOPES = 5;
const MAX_TARGETS = 10;

/**
 * Compares the bundle that decided with the one that decides now. Pure, and takes up to a minute or so: not for the
 * thread that decides.
 */
export function accessChange(pair: BundlePair, nowMs: number): AccessChange {
  const result = diff(pair, nowMs);
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
