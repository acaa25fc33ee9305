import { ASSURANCES } from '../../core/model/claim';
import type { RequirementRule } from '../../core/model/requirement';
import type { RuleOf } from '../../core/requirements/requirement-kind';
import type { CatalogValues } from './catalog-values';

/** A looser rule, and what was loosened, to complete "loosened: ...". */
export interface LooserRule {
  readonly rule: RequirementRule;
  readonly what: string;
}

/**
 * The ways in which a rule can be loosened without being dropped, each by one step. A kind that demands one fact has
 * none: there is nothing between demanding it and not demanding it.
 */
export function loosenRule(rule: RequirementRule, values: CatalogValues): readonly LooserRule[] {
  switch (rule.kind) {
    case 'require_zero_data_retention':
    case 'require_no_training':
    case 'no_prompt_logging':
    case 'require_in_memory_only':
    case 'require_tokenized_input_support':
    case 'deny_internet_egress':
    case 'local_only_processing':
    case 'deny_user_data_collection':
    case 'deny_analytics_collection':
    case 'soc2':
    case 'soc2_or_iso27001':
    case 'gdpr':
      return [];
    case 'expression':
      // What it demands only its author can loosen.
      return [];
    case 'soc2_type2':
      return [{ rule: { kind: 'soc2' }, what: 'a report of Type 1 is enough' }];
    case 'iso27001':
      return [{ rule: { kind: 'soc2_or_iso27001' }, what: 'soc2 is enough' }];
    case 'max_retention_days':
      return higher(rule.days, values.numbers('retention_days')).map((days) => ({
        rule: { ...rule, days },
        what: `${String(days)} days`,
      }));
    case 'certifications':
      return looserCertifications(rule);
    case 'processing_regions':
    case 'storage_regions':
      return further(rule.regions, values.words(rule.kind)).map((region) => ({
        rule: { ...rule, regions: [...rule.regions, region] },
        what: `\`${region}\` added`,
      }));
    case 'headquarters':
      return looserHeadquarters(rule, values);
    case 'quantizations':
      return further(rule.allowed, values.words('quantization')).map((word) => ({
        rule: { ...rule, allowed: [...rule.allowed, word] },
        what: `\`${word}\` added`,
      }));
    case 'max_price':
      return looserPrice(rule, values);
    case 'labels':
      return looserLabels(rule);
    case 'minimum_assurance':
      return ASSURANCES.slice(0, ASSURANCES.indexOf(rule.level))
        .slice(-1)
        .map((level) => ({ rule: { ...rule, level }, what: `\`${level}\` is enough` }));
  }
}

/** The next higher value that is declared, if there is one. */
function higher(bound: number, declared: readonly number[]): readonly number[] {
  return declared.filter((value) => value > bound).slice(0, 1);
}

/** The words that are declared and not named yet. */
function further(named: readonly string[], declared: readonly string[]): readonly string[] {
  return declared.filter((word) => !named.includes(word));
}

function without<T>(list: readonly T[], item: T): readonly T[] {
  return list.filter((each) => each !== item);
}

function looserCertifications(rule: RuleOf<'certifications'>): readonly LooserRule[] {
  const { maxAgeDays, ...ageless } = rule;
  const canLose = rule.allOf.length > 1 || (rule.allOf.length === 1 && rule.anyOf.length > 0);
  const fewer = (canLose ? rule.allOf : []).map((name) => ({
    rule: { ...rule, allOf: without(rule.allOf, name) },
    what: `without \`${name}\``,
  }));
  const anyAge = maxAgeDays === undefined ? [] : [{ rule: ageless, what: 'of any age' }];
  const noChoice =
    rule.anyOf.length > 0 && rule.allOf.length > 0
      ? [{ rule: { ...rule, anyOf: [] }, what: 'without `any_of`' }]
      : [];
  return [...fewer, ...noChoice, ...anyAge];
}

function looserHeadquarters(
  rule: RuleOf<'headquarters'>,
  values: CatalogValues,
): readonly LooserRule[] {
  const { allow, deny } = rule;
  const wider = further(allow ?? [], values.words('headquarters'));
  const allowed = (allow === undefined ? [] : wider).map((country) => ({
    rule: { ...rule, allow: [...(allow ?? []), country] },
    what: `\`${country}\` allowed`,
  }));
  const undenied = (deny ?? []).map((country) => ({
    rule: { ...rule, deny: without(deny ?? [], country) },
    what: `\`${country}\` not denied`,
  }));
  return [...allowed, ...undenied];
}

function looserPrice(rule: RuleOf<'max_price'>, values: CatalogValues): readonly LooserRule[] {
  return (['prompt', 'completion'] as const).flatMap((part) => {
    const bound = rule[part];
    if (bound === undefined) return [];
    return higher(bound, values.numbers(`price_${part}`)).map((price) => ({
      rule: { ...rule, [part]: price },
      what: `\`${part}\` up to ${String(price)}`,
    }));
  });
}

function looserLabels(rule: RuleOf<'labels'>): readonly LooserRule[] {
  if (rule.labels.size < 2) return [];
  return [...rule.labels.keys()].map((key) => ({
    rule: { ...rule, labels: new Map([...rule.labels].filter(([other]) => other !== key)) },
    what: `without \`${key}\``,
  }));
}
