import type { Bundle } from '../../core/engine/bundle';
import type { RequirementRule } from '../../core/model/requirement';
import type { BundlePair } from './circumstances';

/**
 * Why the answers that were compared do not stand for all, one sentence each. An expression over attributes is
 * judged for a request without any; other values are without number. Bundles of the same content cannot differ.
 */
export function unprovenOf(pair: BundlePair): readonly string[] {
  if (pair.old.digest === pair.new.digest) return [];
  const policies = new Set([...attributePolicies(pair.old), ...attributePolicies(pair.new)]);
  return [...policies].map(
    (policy) =>
      `policy \`${policy}\` has an expression over attributes of the request, which was compared without attributes only`,
  );
}

function attributePolicies({ policies }: Bundle): readonly string[] {
  return policies
    .filter(({ policy }) => policy.mode !== 'shadow')
    .filter(({ policy }) => policy.requirements.some(({ rule }) => looksAtAttributes(rule)))
    .map(({ policy }) => policy.id);
}

function looksAtAttributes(rule: RequirementRule): boolean {
  return rule.kind === 'expression' && rule.text.includes('attributes');
}
