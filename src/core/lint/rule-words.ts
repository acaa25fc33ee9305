/** What a label seems to say, in the words of native files. */
export interface RuleWord {
  /** The requirement that would make a rule of it. */
  readonly requirement: string;
  /** The claim that would state it of a target. */
  readonly claim: string;
}

const CERTIFICATION_NAMES =
  'hipaa hipaa_baa pci pci_dss fedramp hitrust iso42001 iso27701 iso27018';

/** Words that say the same by themselves, as a key or as a value. */
const CLEAR_WORDS: Readonly<Record<string, RuleWord>> = {
  ...wordsFor('zdr zero_data_retention zero_retention no_retention no_data_retention', {
    requirement: 'require_zero_data_retention',
    claim: 'zero_data_retention',
  }),
  ...wordsFor('no_training no_train training_opt_out do_not_train never_trains', {
    requirement: 'require_no_training',
    claim: 'training_opt_out',
  }),
  ...wordsFor('no_logging no_logs no_prompt_logging prompt_logging', {
    requirement: 'no_prompt_logging',
    claim: 'prompt_logging',
  }),
  ...wordsFor('in_memory in_memory_only', {
    requirement: 'require_in_memory_only',
    claim: 'in_memory_only',
  }),
  ...wordsFor('air_gapped no_egress no_internet_egress no_internet', {
    requirement: 'allow_internet_egress',
    claim: 'allow_internet_egress',
  }),
  ...wordsFor('local_only on_prem on_premises local_only_processing', {
    requirement: 'local_only_processing',
    claim: 'local_only_processing',
  }),
  ...wordsFor('soc2 soc_2 soc2_type1 soc2_type_1 soc2_type_i', {
    requirement: 'soc2',
    claim: 'soc2',
  }),
  ...wordsFor('soc2_type2 soc2_type_2 soc_2_type_2 soc2_type_ii', {
    requirement: 'soc2_type2',
    claim: 'soc2',
  }),
  ...wordsFor('iso27001 iso_27001', { requirement: 'iso27001', claim: 'iso27001' }),
  ...wordsFor('gdpr gdpr_compliant', { requirement: 'gdpr', claim: 'gdpr' }),
  ...wordsFor(CERTIFICATION_NAMES, { requirement: 'certifications', claim: 'certifications' }),
  ...wordsFor('eu_only eu_hosted eu_residency data_residency residency eu_data_residency', {
    requirement: 'processing_regions',
    claim: 'processing_regions',
  }),
};

/** Words that are a rule only as a key: as a value they may be a name. */
const KEY_WORDS: Readonly<Record<string, RuleWord>> = {
  ...wordsFor('region regions processing_region processing_regions data_region', {
    requirement: 'processing_regions',
    claim: 'processing_regions',
  }),
  ...wordsFor('storage_region storage_regions', {
    requirement: 'storage_regions',
    claim: 'storage_regions',
  }),
  ...wordsFor('headquarters hq jurisdiction', {
    requirement: 'headquarters',
    claim: 'headquarters',
  }),
  ...wordsFor('retention retention_days max_retention data_retention max_retention_days', {
    requirement: 'max_retention_days',
    claim: 'retention_days',
  }),
  ...wordsFor('training trains trains_on_data', {
    requirement: 'require_no_training',
    claim: 'training_opt_out',
  }),
  ...wordsFor('logging', { requirement: 'no_prompt_logging', claim: 'prompt_logging' }),
  ...wordsFor('compliance compliant certification certifications certified', {
    requirement: 'certifications',
    claim: 'certifications',
  }),
  ...wordsFor('data_collection user_data_collection', {
    requirement: 'user_data_collection',
    claim: 'user_data_collection',
  }),
  ...wordsFor('quantization', { requirement: 'quantizations', claim: 'quantization' }),
};

/**
 * What a label seems to demand or to promise; undefined for one that is only a label. A clear word in the value says
 * more than a key such as `compliance`.
 */
export function ruleWordOf(key: string, value: string): RuleWord | undefined {
  const folded = fold(key);
  const parts = value.split(/[,;|/]+/u).map(fold);
  return (
    wordIn(CLEAR_WORDS, folded) ??
    parts.map((part) => wordIn(CLEAR_WORDS, part)).find((word) => word !== undefined) ??
    wordIn(KEY_WORDS, folded)
  );
}

function fold(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s._-]+/gu, '_');
}

function wordIn(words: Readonly<Record<string, RuleWord>>, word: string): RuleWord | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

function wordsFor(words: string, meaning: RuleWord): Readonly<Record<string, RuleWord>> {
  return Object.fromEntries(words.split(' ').map((word) => [word, meaning]));
}
