import type { RequirementKindName, RequirementRule } from '../../../src/core/model/requirement';

/** One rule of every kind, such that one claim (or two) can satisfy it. */
export const RULE_OF_KIND: {
  readonly [K in RequirementKindName]: Extract<RequirementRule, { kind: K }>;
} = {
  require_zero_data_retention: { kind: 'require_zero_data_retention' },
  require_no_training: { kind: 'require_no_training' },
  no_prompt_logging: { kind: 'no_prompt_logging' },
  max_retention_days: { kind: 'max_retention_days', days: 30 },
  require_in_memory_only: { kind: 'require_in_memory_only' },
  require_tokenized_input_support: { kind: 'require_tokenized_input_support' },
  deny_internet_egress: { kind: 'deny_internet_egress' },
  local_only_processing: { kind: 'local_only_processing' },
  deny_user_data_collection: { kind: 'deny_user_data_collection' },
  deny_analytics_collection: { kind: 'deny_analytics_collection' },
  soc2: { kind: 'soc2' },
  soc2_type2: { kind: 'soc2_type2' },
  iso27001: { kind: 'iso27001' },
  soc2_or_iso27001: { kind: 'soc2_or_iso27001' },
  gdpr: { kind: 'gdpr' },
  certifications: { kind: 'certifications', allOf: ['hipaa_baa'], anyOf: [] },
  processing_regions: { kind: 'processing_regions', regions: ['eu'] },
  storage_regions: { kind: 'storage_regions', regions: ['eu'] },
  headquarters: { kind: 'headquarters', deny: ['CN'] },
  quantizations: { kind: 'quantizations', allowed: ['fp16'] },
  max_price: { kind: 'max_price', prompt: 3 },
  labels: { kind: 'labels', labels: new Map([['tier', 'gold']]) },
  expression: {
    kind: 'expression',
    text: '!claims.prompt_logging',
    claims: ['prompt_logging'],
    program: ({ claims }) => ({ holds: claims.get('prompt_logging') !== true }),
  },
  minimum_assurance: {
    kind: 'minimum_assurance',
    level: 'contract',
    of: [{ kind: 'gdpr' }],
  },
};
