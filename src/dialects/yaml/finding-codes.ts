/**
 * Every code that reading a policy file can report, with its meaning as docs/findings.md shows it. Closed and
 * append-only: codes are stable, messages may change.
 */
export const FILE_FINDING_CODES = Object.freeze({
  binary_file: 'the file holds a NUL and is no text',
  byte_order_mark: 'the file starts with a byte order mark',
  invalid_encoding: 'the file is not valid UTF-8',
  control_character: 'the file holds a character that editors do not show',
  file_too_large: 'the file has more bytes than one file may have',
  too_deep: 'values are nested deeper than a file may nest them',
  too_many_findings: 'there are more findings than are shown',
  empty_file: 'the file states nothing',
  syntax_error: 'the text is not valid YAML 1.2',
  tab_indentation: 'a tab is used as indentation',
  directive: 'the file holds a YAML directive',
  anchor: 'the file uses an anchor, an alias or a merge key',
  tag: 'a value carries a tag',
  complex_key: 'a key is not plain text',
  duplicate_key: 'a key stands twice in one mapping',
  unknown_key: 'a key is not known at this place',
  missing_key: 'a key that must be there is missing',
  null_value: 'a key has no value',
  wrong_type: 'a value has another type than its key needs',
  quoted_boolean: 'true or false stands in quotes and is text',
  quoted_number: 'a number stands in quotes and is text',
  yaml_1_1_boolean: 'yes, no, on, off, y or n stands where true or false is needed',
  unknown_value: 'a value is none of the allowed ones',
  invalid_text: 'a text does not have the form that its key needs',
  negative_number: 'a number is below zero where none may be',
  fractional_number: 'a number has a fraction where a whole one is needed',
  out_of_range: 'a number is outside its range',
  empty_list: 'a list is present and empty',
  empty_map: 'a mapping is present and empty',
  empty_text: 'a text is present and empty',
  duplicate_item: 'a list names the same thing twice',
  contradiction: 'two statements of one file contradict each other',
  states_nothing: 'a policy or a key states nothing',
  invalid_expression: 'an expression does not compile',
  unusual_scope_key: 'a scope key is close to a usual one and may be misspelt',
  secret_value: 'a secret stands in the file; its value is not kept',
  no_meaning_for_eligibility: 'a key is accepted and decides nothing',
  content_policy: 'a policy judges content or callers and is not run here',
  unknown_policy_kind: 'a pack names a policy that is not known',
  policy_not_in_chain:
    'a policy is configured and does not run, because the chain does not name it',
  policy_not_configured: 'a policy runs without configuration and requires nothing',
  policy_requires_nothing: 'a policy runs and requires nothing',
  misplaced_key: 'a key that has a meaning one level up stands among keys that users choose',
  no_routing_policy: 'a pack has no policy that restricts targets',
  target_declares_nothing: 'a target of a pack declares nothing',
  plaintext_listener: 'a listener would speak plaintext beyond this machine',
  plaintext_sink: 'evidence would be sent in plaintext beyond this machine',
  caller_unknown_at_listener:
    'there are callers, and nothing tells which of them asks at a listener',
  unknown_caller: 'a listener names a caller that is not declared',
  unreachable_caller: 'nobody can be a caller, because no listener tells it',
  certificates_without_callers:
    'a listener asks for certificates and there are no callers, so any certificate may claim any tenant',
  unknown_variable: 'a variable of the environment begins with AMBIT_ and states no key',
  pack_disabled: 'a pack is switched off: its policies neither run nor count',
  list_switched_off: 'a list is stated and switched off, so it restricts nothing',
  list_allows_nothing: 'an allow list is empty, which in its system blocks everything',
  list_restricts_nothing: 'a list is empty, which in its system restricts nothing',
  condition_not_evaluated: 'a rule is conditional, and holds here whatever its condition says',
  label_is_no_rule: 'a label looks like a rule and requires nothing',
  step_not_taken: 'a later step of a strategy is not taken, because it would let through more',
  unknown_list: 'a file is none of the published lists that are read',
  entry_not_taken: 'an entry of a published list names no target, or not in a form that ids have',
  unclear_claim:
    'a published list states a price of 0 or less, or one thing in two ways, and neither is taken',
  router_in_list:
    'a published list holds models that choose further upstream and says not what they reach',
  gateway_in_list: 'a published list holds gateways and says not whether they send requests on',
} as const);

/** A code that reading a policy file can report. */
export type FileFindingCode = keyof typeof FILE_FINDING_CODES;

/**
 * Codes that only say that something is absent. Where a syntax error hides a part of a document they would
 * mislead, so they are not reported there.
 */
export const ABSENCE_CODES: ReadonlySet<FileFindingCode> = new Set<FileFindingCode>([
  'empty_file',
  'missing_key',
  'null_value',
  'empty_list',
  'empty_map',
  'states_nothing',
]);
