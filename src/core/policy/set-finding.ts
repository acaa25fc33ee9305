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
  other_address: 'a gateway reaches a provider at an address that the catalog does not know of it',
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
  contradicting_requirements:
    'requirements that hold together can be met by nothing, whatever it declares',
  policies_leave_nothing:
    'policies that hold together leave nothing of the catalog, though each leaves something',
  unusable_target: 'a target is kept out in every scope, and not by a policy for all',
  shadowed_policy: 'a policy keeps nothing out that others do not keep out wherever it applies',
  unreachable_entry:
    'a list entry can never matter: other lists or entries have taken all that it matches',
  duplicate_requirement: 'a requirement is demanded a second time of the same requests',
  weaker_requirement:
    'a requirement is weaker than one that holds wherever it does, and changes nothing',
  label_decides_nothing: 'a label looks like a rule, and no policy reads it',
  warn_mode: 'a policy only warns: where nothing meets it, requests are answered all the same',
  lossy_status: 'the status of a block loses something on the way to the user',
  undeclared_scope_key:
    'policies name a scope key whose values the bundle does not declare; others are blocked',
  unused_scope_key: 'the values of a scope key are declared, and no policy names it',
  tenant_without_policy: 'a tenant has no policy of its own, where other tenants have one',
  unused_provider: 'a provider has no target, and not all of its models are known',
  unused_endpoint: 'no target can be at an endpoint',
  untested_denial: 'there are tests, and none sees a deny entry deny',
} as const);

/** A code that looking at all files together can report. */
export type SetFindingCode = keyof typeof SET_FINDING_CODES;

/** Builds a finding that marks the word at the position; one whose end is not known is marked at its first letter. */
export function setFinding(parts: {
  readonly severity: Severity;
  readonly code: SetFindingCode;
  readonly message: string;
  readonly help: string;
  readonly position: SourcePosition;
  readonly related?: Finding['related'];
}): Finding {
  const { related, ...rest } = parts;
  const { column, endColumn } = parts.position;
  return {
    ...rest,
    endColumn: endColumn ?? column + 1,
    ...(related === undefined ? {} : { related }),
  };
}
