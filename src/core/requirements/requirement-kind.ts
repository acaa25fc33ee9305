import type { Claim, ClaimName } from '../model/claim';
import type { ClaimReading, RequirementKindName, RequirementRule } from '../model/requirement';

/** What a requirement can see of one target in one request. Reading is total. */
export interface TargetFacts {
  /** The claim as it stands for this target, request and instant: covered, in force, most specific. */
  read(name: ClaimName): ClaimReading;
  /** Regions that the target, its endpoint, the candidate or the model's name states, whatever level claims come from. */
  readonly namedRegions: readonly string[];
  /** Attributes of the request, for expressions. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly nowMs: number;
}

/** How a requirement can fail (L1). */
export type UnmetState = 'contrary' | 'unknown' | 'expired' | 'conflicting' | 'error';

/** What a requirement finds on one target. Only `satisfied` lets it through. */
export type RequirementResult = SatisfiedResult | UnmetResult;

/** The claims that satisfied the requirement, for evidence. */
export interface SatisfiedResult {
  readonly state: 'satisfied';
  readonly reliedOn: readonly Claim[];
}

/** What is wanting. Texts are short and hold no content. */
export interface UnmetResult {
  readonly state: UnmetState;
  /** The claim that decides; empty only for an expression that failed as a whole. */
  readonly claim: ClaimName | '';
  readonly expected: string;
  readonly observed: string;
  /** The claim as it was found, if it was declared at all. */
  readonly evidence?: Claim;
}

/** One kind of requirement: which claims it reads, what it wants, and the judgement. */
export interface RequirementKind<K extends RequirementKindName = RequirementKindName> {
  readonly kind: K;
  /** The claims that the rule reads, all of them, whatever its judgement. */
  claims(rule: RuleOf<K>): readonly ClaimName[];
  /** What would satisfy it, in words: `zero_data_retention: true`. */
  expected(rule: RuleOf<K>): string;
  evaluate(rule: RuleOf<K>, facts: TargetFacts): RequirementResult;
  /** A value of the claim that would satisfy the rule, for "what would have to change". */
  remedy(rule: RuleOf<K>): string;
}

/** The member of the union that belongs to a kind. */
export type RuleOf<K extends RequirementKindName> = Extract<RequirementRule, { readonly kind: K }>;
