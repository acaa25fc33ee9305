import type { RequirementKindName, RequirementRule } from '../model/requirement';
import { ASSURANCES } from '../model/claim';
import { isInside } from '../requirements/regions';
import type { RuleOf } from '../requirements/requirement-kind';

/** Kinds that are satisfied wherever another one is, by the weaker kind. */
const STRONGER_KINDS: Partial<Record<RequirementKindName, readonly RequirementKindName[]>> = {
  soc2: ['soc2_type2'],
  soc2_or_iso27001: ['soc2_type2', 'iso27001'],
};

/** True if whatever meets the strong rule meets the weak one, whatever anybody claims. */
export function impliesRule(strong: RequirementRule, weak: RequirementRule): boolean {
  if (STRONGER_KINDS[weak.kind]?.includes(strong.kind) === true) return true;
  return impliesSameKind(strong, weak);
}

/** By kind, what makes one rule at least as strict as another of its kind. Kinds without parameters are as strict as themselves. */
function impliesSameKind(strong: RequirementRule, weak: RequirementRule): boolean {
  switch (weak.kind) {
    case 'max_retention_days':
      return strong.kind === weak.kind && strong.days <= weak.days;
    case 'certifications':
      return strong.kind === weak.kind && impliesCertifications(strong, weak);
    case 'processing_regions':
    case 'storage_regions':
      return (
        strong.kind === weak.kind && strong.regions.every((each) => isInside(each, weak.regions))
      );
    case 'headquarters':
      return strong.kind === weak.kind && impliesSeats(strong, weak);
    case 'quantizations':
      return strong.kind === weak.kind && isSubset(strong.allowed, weak.allowed);
    case 'max_price':
      return (
        strong.kind === weak.kind &&
        isAtMost(strong.prompt, weak.prompt) &&
        isAtMost(strong.completion, weak.completion)
      );
    case 'labels':
      return (
        strong.kind === weak.kind &&
        [...weak.labels].every(([key, text]) => strong.labels.get(key) === text)
      );
    case 'expression':
      return strong.kind === weak.kind && strong.text === weak.text;
    case 'minimum_assurance':
      return strong.kind === weak.kind && impliesAssurance(strong, weak);
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
    case 'soc2_type2':
    case 'iso27001':
    case 'soc2_or_iso27001':
    case 'gdpr':
      return strong.kind === weak.kind;
  }
}

// `any_of` is stricter with fewer names, unless there are none at all.
function impliesCertifications(
  strong: RuleOf<'certifications'>,
  weak: RuleOf<'certifications'>,
): boolean {
  const isOneHeld =
    weak.anyOf.length === 0 ||
    weak.anyOf.some((name) => strong.allOf.includes(name)) ||
    (strong.anyOf.length > 0 && isSubset(strong.anyOf, weak.anyOf));
  return (
    isSubset(weak.allOf, strong.allOf) && isOneHeld && isAtMost(strong.maxAgeDays, weak.maxAgeDays)
  );
}

function impliesSeats(strong: RuleOf<'headquarters'>, weak: RuleOf<'headquarters'>): boolean {
  const { allow, deny } = weak;
  const isAllowed =
    allow === undefined || (strong.allow?.every((seat) => isInside(seat, allow)) ?? false);
  const isDenied = deny === undefined || deny.every((seat) => isInside(seat, strong.deny ?? []));
  return isAllowed && isDenied;
}

function impliesAssurance(
  strong: RuleOf<'minimum_assurance'>,
  weak: RuleOf<'minimum_assurance'>,
): boolean {
  const isAsHigh = ASSURANCES.indexOf(strong.level) >= ASSURANCES.indexOf(weak.level);
  return isAsHigh && weak.of.every((rule) => strong.of.some((other) => isSameRule(other, rule)));
}

/** True if the two demand the same. */
export function isSameRule(left: RequirementRule, right: RequirementRule): boolean {
  return left.kind === right.kind && impliesRule(left, right) && impliesRule(right, left);
}

function isSubset(inner: readonly string[], outer: readonly string[]): boolean {
  return inner.every((each) => outer.includes(each));
}

/** True if the bound is at least as tight; one that is absent bounds nothing. */
function isAtMost(strong: number | undefined, weak: number | undefined): boolean {
  return weak === undefined || (strong !== undefined && strong <= weak);
}
