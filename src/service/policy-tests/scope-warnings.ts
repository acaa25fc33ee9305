import type { Bundle } from '../../core/engine/bundle';
import type { Finding } from '../../core/model/finding';
import { unnamedScope, type SuggestName } from '../unnamed-scope';
import type { PlacedCase } from './run-policy-tests';
import { testFinding } from './test-finding';

/**
 * Warns of each word in the scopes of cases that no rule names, at the word. A word that several cases take from the
 * defaults is told once. No case fails for it: a scope that nothing names may be what the case is about.
 */
export function scopeWarnings(
  bundle: Bundle,
  cases: readonly PlacedCase[],
  suggest: SuggestName,
): readonly Finding[] {
  const seen = new Set<object>();
  return cases.flatMap(({ policyCase: { request, scopeWords = [] } }) =>
    unnamedScope(bundle, request.context, suggest).flatMap(({ part, key, message, nearest }) => {
      const at = scopeWords.find((word) => word.key.value === key)?.[part];
      if (at === undefined || seen.has(at)) return [];
      seen.add(at);
      const help = nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
      return [testFinding({ severity: 'warning', code: 'unnamed_scope', at, message, help })];
    }),
  );
}
