import type { Severity } from '../../core/model/finding';
import { SET_FINDING_CODES, type SetFindingCode } from '../../core/policy/set-finding';
import { FILE_FINDING_CODES, type FileFindingCode } from '../../dialects/yaml/finding-codes';
import { LOAD_FINDING_CODES, type LoadFindingCode } from '../../service/load-finding';

/** What is known of a code before any finding: its meaning, how bad it is at worst, and the usual way out. */
export interface FindingRule {
  readonly code: string;
  readonly meaning: string;
  readonly severity: Severity;
  readonly remedy: string;
}

type FindingCode = LoadFindingCode | FileFindingCode | SetFindingCode;

/** Severity and remedy of each code, as docs/findings.md shows them. A code that is missing here does not compile. */
const ADVICE: Readonly<Record<FindingCode, readonly [severity: Severity, remedy: string]>> = {
  unreadable_file: ['error', "correct the path, or the file's permissions"],
  no_policy_files: [
    'error',
    'name a file, or a directory that holds `.yaml`, `.yml` or `.json` files',
  ],
  unknown_dialect: [
    'error',
    'name the dialect, as in `keeptrusts:FILE`; the message lists those that exist',
  ],
  ambiguous_dialect: ['error', 'name the dialect, as in `keeptrusts:FILE`'],
  second_bundle: ['error', 'put what both say into one Bundle document'],
  included_file_given_twice: ['error', 'leave out one of the two'],
  nothing_checked: ['error', 'name a file that holds a policy or a catalog'],
  internal_error: ['error', 'report it with what the log says; nothing was let through'],
  unusable_tls: [
    'error',
    'correct the path or the file that the message names; the service does not start without it',
  ],
  unusable_tracing: [
    'error',
    'correct the file or the variable that the message names; the service does not start without it',
  ],
  unusable_audit: [
    'error',
    'correct the directory, the file or the variable that the message names; the service does not start without it',
  ],
  exposed_secret: [
    'warning',
    'let its owner and group alone read it: `chmod 640`, or `defaultMode: 0440` and `fsGroup` in Kubernetes',
  ],
  binary_file: ['error', 'name policy files only; if it is one, save it as UTF-8'],
  byte_order_mark: ['error', 'save the file as UTF-8 without byte order mark'],
  invalid_encoding: ['error', 'save the file as UTF-8'],
  control_character: ['error', 'remove the character'],
  file_too_large: ['error', 'split the file into several of one directory'],
  too_deep: ['error', 'nest less; no key of a policy needs it'],
  too_many_findings: ['error', 'mend those that are shown and check again'],
  empty_file: ['error', 'state a document, or remove the file'],
  syntax_error: ['error', 'mend what the mark shows'],
  tab_indentation: ['error', 'indent with spaces'],
  directive: ['error', 'remove the line; YAML 1.2 is read without it'],
  anchor: ['error', 'write the values out where they count'],
  tag: ['error', 'remove the tag'],
  complex_key: ['error', 'write the key as plain text'],
  duplicate_key: ['error', 'keep one of the two'],
  unknown_key: ['error', 'write the key that is proposed, or remove it'],
  missing_key: ['error', 'add the key'],
  null_value: ['error', 'give the key a value, or remove the line'],
  wrong_type: ['error', 'write the type that the message names'],
  quoted_boolean: ['error', 'remove the quotes'],
  quoted_number: ['error', 'remove the quotes'],
  yaml_1_1_boolean: ['error', 'write `true` or `false`'],
  unknown_value: ['error', 'write one of the words that the message names'],
  invalid_text: ['error', 'correct the text'],
  negative_number: ['error', 'write 0 or more'],
  fractional_number: ['error', 'write a whole number'],
  out_of_range: ['error', 'write a number of the range that the message names'],
  empty_list: ['error', 'name at least one item, or remove the key: an absent list says nothing'],
  empty_map: ['error', 'state something in it, or remove the key'],
  empty_text: ['error', 'write a text, or remove the line'],
  duplicate_item: ['error', 'keep one of the two'],
  contradiction: ['error', 'keep the statement that is true'],
  states_nothing: ['error', 'state what is meant, or remove it'],
  invalid_expression: ['error', 'correct the expression'],
  unusual_scope_key: ['warning', 'write the usual key, if that is meant'],
  secret_value: ['error', 'name where the secret is instead, and replace the secret'],
  no_meaning_for_eligibility: ['info', 'nothing, or leave the key to the system that reads it'],
  content_policy: ['info', 'keep that policy in the gateway that runs it'],
  unknown_policy_kind: [
    'error',
    'correct the name; a policy that is not documented for packs cannot be left out in silence',
  ],
  policy_not_in_chain: ['warning', 'add it to `policies.chain`, or remove its settings'],
  policy_not_configured: ['warning', 'state its settings under `policy`'],
  policy_requires_nothing: ['warning', 'state what targets must declare, or remove the policy'],
  misplaced_key: ['error', 'indent it less, or choose another name'],
  no_routing_policy: [
    'info',
    'add `data-routing-policy` to the chain; requests that no other policy applies to are blocked',
  ],
  target_declares_nothing: ['info', 'state what the provider declares under `data_policy`'],
  pack_disabled: [
    'warning',
    'nothing, if that is meant: requests that no other policy applies to are blocked',
  ],
  list_switched_off: ['warning', 'switch the list on, if it is to hold'],
  list_allows_nothing: ['warning', 'name what is allowed, if anything is to be'],
  list_restricts_nothing: ['warning', 'name what is to hold, or remove the key'],
  condition_not_evaluated: [
    'warning',
    'write what is conditional into a file of its own, and bind it in a Bundle',
  ],
  label_is_no_rule: ['warning', 'require it in a native policy'],
  step_not_taken: ['warning', 'name in the first step all that may be chosen'],
  unknown_list: ['error', 'name a list that `ambit import --catalog` reads'],
  entry_not_taken: ['warning', 'declare what you need of it in a catalog of your own'],
  unclear_claim: ['warning', 'state it in a catalog of your own'],
  router_in_list: ['warning', 'name a model, or state under `reaches` what it may choose'],
  gateway_in_list: ['warning', 'declare `nested_gateway` for them in a catalog of your own'],
  duplicate_policy: ['error', 'give each policy a name of its own'],
  duplicate_target: ['error', 'give each target an id of its own'],
  duplicate_provider_name: ['error', 'let each name mean one provider'],
  other_address: [
    'error',
    'give what is there an id of its own, or declare the address as an endpoint of the provider',
  ],
  unknown_provider: ['error', 'declare the provider, or name one that is declared'],
  unknown_endpoint: ['error', 'declare the endpoint, or name one that is declared'],
  unknown_credential: ['error', 'declare the credential, or name one that is declared'],
  unknown_target: ['error', 'declare the target, or name one that is declared'],
  unknown_scope_value: ['error', 'declare the value in the Bundle, or correct it'],
  deny_matches_nothing: [
    'error',
    'correct the name, or write `future: true` if it is meant for what is not catalogued yet',
  ],
  allow_matches_nothing: ['warning', 'correct the name, or add the target to a catalog'],
  no_target_qualifies: [
    'warning',
    '`ambit explain` shows for each target what it fails, and which claim would change it',
  ],
  undeclared_claim: ['warning', 'find out whether the claim holds, and if so declare it'],
  unlisted_reach: [
    'warning',
    'name a model, or list under `reaches` every target that it may choose',
  ],
  expired_claim: ['warning', 'check that the claim still holds, then raise its `expires_at`'],
  expiring_claim: ['warning', 'check that the claim still holds, then raise its `expires_at`'],
  claim_loosens_wider_level: [
    'info',
    'check that a contract says so for this one alone, and state it under `evidence`',
  ],
  duplicate_identity: [
    'warning',
    'name the endpoint, region or credential in which they differ, or remove one of them',
  ],
  unlisted_region: ['warning', 'write an ISO 3166-1 country code, `eu` or `eea`'],
  contradicting_requirements: ['warning', 'change one of them, or the scope of its policy'],
  policies_leave_nothing: ['warning', 'allow or require less in one of them'],
  unusable_target: ['warning', 'allow it in some scope, or remove it'],
  shadowed_policy: ['warning', 'remove it, or state what it is to add'],
  unreachable_entry: ['warning', 'remove it, or change what stands against it'],
  duplicate_requirement: [
    'info',
    'remove one of the two, or leave it if the policies are to stand alone',
  ],
  weaker_requirement: [
    'warning',
    'remove it, or make it stricter: a narrower policy loosens nothing',
  ],
  label_decides_nothing: [
    'warning',
    'state it as a claim and as a requirement, or demand the label',
  ],
  warn_mode: ['info', 'write `mode: enforce` once it is to be kept to'],
  lossy_status: ['info', 'write 403, unless your clients need this one'],
  undeclared_scope_key: ['warning', 'declare its values under `scope_values`'],
  unused_scope_key: ['info', 'remove it, or leave it if other values are to be blocked'],
  tenant_without_policy: [
    'info',
    'name it in the scope of a policy, unless what applies to all is enough',
  ],
  unused_provider: [
    'info',
    'add its targets, or write `models: any` if all of its models are meant',
  ],
  unused_endpoint: ['info', 'name it in a target, or remove it'],
  untested_denial: [
    'info',
    'add a case that expects one of its targets under `blocked`, with the code of the deny list',
  ],
  plaintext_listener: ['error', 'give it `tls`, or listen on loopback or a unix socket'],
  plaintext_sink: ['error', 'use TLS, or say `insecure: true` at the sink'],
  caller_unknown_at_listener: ['error', 'name a `caller`, or ask for certificates'],
  unknown_caller: ['error', 'declare it under `callers`'],
  unreachable_caller: ['warning', 'name it at a listener, or give it `certificate_uris`'],
  certificates_without_callers: [
    'warning',
    'say under `callers` which certificate may claim which tenants',
  ],
  unknown_variable: ['error', 'correct or remove it'],
};

/** All codes, in the order of docs/findings.md. */
export const FINDING_RULES: readonly FindingRule[] = Object.freeze([
  ...rulesOf(LOAD_FINDING_CODES),
  ...rulesOf(FILE_FINDING_CODES),
  ...rulesOf(SET_FINDING_CODES),
]);

function rulesOf<Code extends FindingCode>(
  codes: Readonly<Record<Code, string>>,
): readonly FindingRule[] {
  return (Object.keys(codes) as Code[]).map((code) => {
    const [severity, remedy] = ADVICE[code];
    return { code, meaning: codes[code], severity, remedy };
  });
}
