import type { Finding, Severity } from '../model/finding';
import type { SourcePosition } from '../model/source-position';

/**
 * Every code that looking at all files together can report, with its meaning as docs/findings.md shows it: first
 * what makes the set unusable, then what lint adds. Closed and append-only.
 */
export const SET_FINDING_CODES = Object.freeze({
  duplicate_policy: 'two policies have one name',
  duplicate_target: 'one id is declared as two different targets',
  duplicate_provider_name: 'an id or alias names two providers',
  unknown_provider: 'a provider that no file declares is referred to',
  unknown_endpoint: 'an endpoint that no file declares is referred to',
  unknown_credential: 'a credential that no file declares is referred to',
  unknown_target: 'a target that no file declares is referred to',
  unknown_scope_value: 'a policy is for a tenant or scope value that the bundle does not declare',
  deny_matches_nothing: 'a deny entry matches nothing in the catalog; it stays in force',
  allow_matches_nothing: 'an allow entry matches nothing in the catalog',
  no_target_qualifies: 'a policy leaves nothing of the catalog that it sees',
  undeclared_claim:
    'nothing but claims that nobody declared keeps a target out: one finding a claim',
  unlisted_reach: 'a target chooses further upstream and does not list what it can reach',
  expired_claim: 'a claim has expired',
  expiring_claim: 'a claim expires within 30 days',
  claim_loosens_wider_level:
    'an endpoint, target or credential satisfies what its provider or endpoint does not',
  duplicate_identity:
    'two targets are the same place, account and model, and state different claims',
  unlisted_region: 'a region lies in nothing, so it satisfies no requirement',
} as const);

/** A code that looking at all files together can report. */
export type SetFindingCode = keyof typeof SET_FINDING_CODES;

/**
 * Builds a finding at a word; `word` gives its length for the mark, without quotes. Absent where the position is
 * only that of the mapping around the word: no mark is better than one under another word.
 */
export function setFinding(parts: {
  readonly severity: Severity;
  readonly code: SetFindingCode;
  readonly message: string;
  readonly help: string;
  readonly position: SourcePosition;
  readonly word?: string;
  readonly related?: Finding['related'];
}): Finding {
  const { word, related, ...rest } = parts;
  return {
    ...rest,
    endColumn: parts.position.column + Math.max(1, word?.length ?? 1),
    ...(related === undefined ? {} : { related }),
  };
}
