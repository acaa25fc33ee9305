import type { ClaimName } from '../model/claim';
import type { RequirementKindName, RequirementRule } from '../model/requirement';
import { certifications } from './certifications';
import { denyAnalyticsCollection } from './deny-analytics-collection';
import { denyInternetEgress } from './deny-internet-egress';
import { denyUserDataCollection } from './deny-user-data-collection';
import { expression } from './expression';
import { gdpr } from './gdpr';
import { headquarters } from './headquarters';
import { inMemoryOnly } from './in-memory-only';
import { iso27001 } from './iso27001';
import { labels } from './labels';
import { localOnlyProcessing } from './local-only-processing';
import { maxPrice } from './max-price';
import { maxRetentionDays } from './max-retention-days';
import { createMinimumAssurance } from './minimum-assurance';
import { noPromptLogging } from './no-prompt-logging';
import { noTraining } from './no-training';
import { processingRegions } from './processing-regions';
import { quantizations } from './quantizations';
import type { RequirementKind, RequirementResult, TargetFacts } from './requirement-kind';
import { shorten } from './shorten';
import { soc2 } from './soc2';
import { soc2OrIso27001 } from './soc2-or-iso27001';
import { soc2Type2 } from './soc2-type2';
import { storageRegions } from './storage-regions';
import { tokenizedInputSupport } from './tokenized-input-support';
import { zeroDataRetention } from './zero-data-retention';

/** Every kind by its name. A kind that is missing here does not compile. */
type Registry = { readonly [K in RequirementKindName]: RequirementKind<K> };

/** A kind whose rule type the compiler no longer pairs with the kind; the registry pairs them by `kind`. */
type AnyKind = Pick<RequirementKind, keyof RequirementKind>;

const REGISTRY: Registry = Object.freeze({
  require_zero_data_retention: zeroDataRetention,
  require_no_training: noTraining,
  no_prompt_logging: noPromptLogging,
  max_retention_days: maxRetentionDays,
  require_in_memory_only: inMemoryOnly,
  require_tokenized_input_support: tokenizedInputSupport,
  deny_internet_egress: denyInternetEgress,
  local_only_processing: localOnlyProcessing,
  deny_user_data_collection: denyUserDataCollection,
  deny_analytics_collection: denyAnalyticsCollection,
  soc2,
  soc2_type2: soc2Type2,
  iso27001,
  soc2_or_iso27001: soc2OrIso27001,
  gdpr,
  certifications,
  processing_regions: processingRegions,
  storage_regions: storageRegions,
  headquarters,
  quantizations,
  max_price: maxPrice,
  labels,
  expression,
  minimum_assurance: createMinimumAssurance({ claimsOf, evaluateRule }),
});

/**
 * All kinds, in the order of reasons (L5), which is that of the union: what happens to data first, then who
 * vouches, then where, then preferences, free conditions and, last, the condition on the others.
 */
export const REQUIREMENT_ORDER: readonly RequirementKindName[] = Object.freeze(
  Object.values(REGISTRY).map((kind) => kind.kind),
);

/** The claims that a rule reads. */
export function claimsOf(rule: RequirementRule): readonly ClaimName[] {
  return kindOf(rule).claims(rule);
}

/** Judges a rule on one target. Never throws: what fails to evaluate is an error, and an error blocks (L1). */
export function evaluateRule(rule: RequirementRule, facts: TargetFacts): RequirementResult {
  try {
    return bounded(kindOf(rule).evaluate(rule, facts));
  } catch {
    // What was thrown may hold anything, so it is not shown; the reason names policy and line.
    return { state: 'error', claim: '', expected: rule.kind, observed: 'evaluation failed' };
  }
}

/** What would satisfy a rule, in words. */
export function expectedOf(rule: RequirementRule): string {
  return shorten(kindOf(rule).expected(rule));
}

/** A claim that would satisfy a rule. */
export function remedyOf(rule: RequirementRule): string {
  return shorten(kindOf(rule).remedy(rule));
}

function kindOf(rule: RequirementRule): AnyKind {
  return REGISTRY[rule.kind];
}

function bounded(result: RequirementResult): RequirementResult {
  if (result.state === 'satisfied') return result;
  return { ...result, expected: shorten(result.expected), observed: shorten(result.observed) };
}
