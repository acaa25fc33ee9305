import type { Assurance, Claim, ClaimName, ClaimValue } from './claim';
import type { SourcePosition } from './source-position';

/** What an expression can see of a target: a claim's value, or why it has none. */
export interface ExpressionInput {
  readonly claims: ReadonlyMap<ClaimName, ClaimValue>;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The outcome of an expression: a verdict, or an error whose text is safe to show. */
export type ExpressionResult = { readonly holds: boolean } | { readonly error: string };

/** A total function with bounded cost, made at the edge from a CEL text. It never throws and never yields. */
export type ExpressionProgram = (input: ExpressionInput) => ExpressionResult;

/**
 * A condition on claims that a policy states. One member a kind; the fields are the kind's parameters. Kinds
 * that are switches exist only when switched on: `require_x: false` in a file states nothing.
 */
export type RequirementRule =
  | { readonly kind: 'require_zero_data_retention' }
  | { readonly kind: 'require_no_training' }
  | { readonly kind: 'no_prompt_logging' }
  | { readonly kind: 'max_retention_days'; readonly days: number }
  | { readonly kind: 'require_in_memory_only' }
  | { readonly kind: 'require_tokenized_input_support' }
  | { readonly kind: 'deny_internet_egress' }
  | { readonly kind: 'local_only_processing' }
  | { readonly kind: 'deny_user_data_collection' }
  | { readonly kind: 'deny_analytics_collection' }
  | { readonly kind: 'soc2' }
  | { readonly kind: 'soc2_type2' }
  | { readonly kind: 'iso27001' }
  | { readonly kind: 'soc2_or_iso27001' }
  | { readonly kind: 'gdpr' }
  | {
      readonly kind: 'certifications';
      readonly allOf: readonly string[];
      readonly anyOf: readonly string[];
      /** Days since `checked_at` of the claim, counted to the instant of the decision. */
      readonly maxAgeDays?: number;
    }
  | { readonly kind: 'processing_regions'; readonly regions: readonly string[] }
  | { readonly kind: 'storage_regions'; readonly regions: readonly string[] }
  | {
      readonly kind: 'headquarters';
      readonly allow?: readonly string[];
      readonly deny?: readonly string[];
    }
  | { readonly kind: 'quantizations'; readonly allowed: readonly string[] }
  | { readonly kind: 'max_price'; readonly prompt?: number; readonly completion?: number }
  | { readonly kind: 'labels'; readonly labels: ReadonlyMap<string, string> }
  | {
      readonly kind: 'expression';
      readonly text: string;
      readonly claims: readonly ClaimName[];
      readonly program: ExpressionProgram;
    }
  | {
      /** The claims that the other requirements of the same policy rely on must be founded at least so well. */
      readonly kind: 'minimum_assurance';
      readonly level: Assurance;
      readonly of: readonly RequirementRule[];
    };

/** The name of a kind of requirement; also the `requirement` of a reason. */
export type RequirementKindName = RequirementRule['kind'];

/** A requirement and the place where it stands. */
export interface Requirement {
  readonly rule: RequirementRule;
  readonly position: SourcePosition;
}

/** A claim as a requirement finds it on a target, before it is judged. */
export type ClaimReading =
  | { readonly state: 'stated'; readonly claim: Claim }
  | { readonly state: 'unknown'; readonly uncovered?: Claim }
  | { readonly state: 'expired'; readonly claim: Claim }
  | { readonly state: 'conflicting'; readonly claims: readonly Claim[] };
