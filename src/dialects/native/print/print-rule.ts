import type { RequirementRule } from '../../../core/model/requirement';
import { statedOnly } from './stated-only';

/** The key of a requirement in native files, and its value. */
export type PrintedRule = readonly [key: string, value: unknown];

/** One requirement in native words. */
export function printRule(rule: RequirementRule): PrintedRule {
  switch (rule.kind) {
    case 'max_retention_days':
      return [rule.kind, rule.days];
    case 'deny_internet_egress':
      return ['allow_internet_egress', false];
    case 'deny_user_data_collection':
      return ['user_data_collection', 'deny'];
    case 'deny_analytics_collection':
      return ['analytics_collection', 'deny'];
    case 'processing_regions':
    case 'storage_regions':
      return [rule.kind, rule.regions];
    case 'headquarters':
      return [rule.kind, statedOnly({ allow: rule.allow, deny: rule.deny })];
    case 'certifications':
      return [rule.kind, printCertifications(rule)];
    case 'quantizations':
      return [rule.kind, rule.allowed];
    case 'max_price':
      return [rule.kind, statedOnly({ prompt: rule.prompt, completion: rule.completion })];
    case 'labels':
      return [rule.kind, Object.fromEntries(rule.labels)];
    case 'expression':
      return [rule.kind, [rule.text]];
    case 'minimum_assurance':
      return [rule.kind, rule.level];
    case 'require_zero_data_retention':
    case 'require_no_training':
    case 'no_prompt_logging':
    case 'require_in_memory_only':
    case 'require_tokenized_input_support':
    case 'local_only_processing':
    case 'soc2':
    case 'soc2_type2':
    case 'iso27001':
    case 'soc2_or_iso27001':
    case 'gdpr':
      return [rule.kind, true];
  }
}

function printCertifications({
  allOf,
  anyOf,
  maxAgeDays,
}: Extract<RequirementRule, { readonly kind: 'certifications' }>): object {
  return statedOnly({ all_of: allOf, any_of: anyOf, max_age_days: maxAgeDays });
}
