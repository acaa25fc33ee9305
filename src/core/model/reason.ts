import type { SourcePosition } from './source-position';

/** Layers in the order in which they narrow the candidates (L8). */
export const LAYERS = [
  'identity',
  'request_filters',
  'provider_lists',
  'model_lists',
  'catalog',
  'requirements',
] as const;

/** A layer of the decision. */
export type Layer = (typeof LAYERS)[number];

/**
 * Why a target is blocked. Closed and append-only: codes are stable, prose may change. The value is the layer
 * that the code belongs to.
 */
export const REASON_CODES = {
  invalid_request: 'identity',
  tenant_required: 'identity',
  unknown_tenant: 'identity',
  unknown_scope: 'identity',
  no_policy_applies: 'identity',
  policy_stale: 'identity',
  bundle_too_old: 'identity',
  no_candidates: 'identity',
  unknown_model: 'catalog',
  model_mismatch: 'identity',
  deadline_exceeded: 'identity',
  overloaded: 'identity',
  shutting_down: 'identity',
  audit_unavailable: 'identity',
  internal_error: 'identity',
  request_pin: 'request_filters',
  request_only: 'request_filters',
  request_ignore: 'request_filters',
  request_no_fallback: 'request_filters',
  request_not_met: 'request_filters',
  provider_not_allowed: 'provider_lists',
  provider_denied: 'provider_lists',
  model_not_allowed: 'model_lists',
  model_denied: 'model_lists',
  unknown_target: 'catalog',
  nested_gateway: 'catalog',
  conflicting_target: 'catalog',
  claim_contrary: 'requirements',
  claim_unknown: 'requirements',
  claim_expired: 'requirements',
  claim_conflicting: 'requirements',
  evaluation_error: 'requirements',
} as const satisfies Record<string, Layer>;

/** A reason code. */
export type ReasonCode = keyof typeof REASON_CODES;

/** Codes that name a block as a whole and no single target. */
export const BLOCK_ONLY_CODES = ['request_filters_leave_none', 'no_compliant_provider'] as const;

/** A code that names a block. */
export type BlockCode = ReasonCode | (typeof BLOCK_ONLY_CODES)[number];

/** What was found, in the words of L1 and of the lists. */
export type ReasonState =
  | 'contrary'
  | 'unknown'
  | 'expired'
  | 'conflicting'
  | 'error'
  | 'not_listed'
  | 'denied'
  | 'filtered'
  | 'refused';

/** One reason for one target. Empty texts mean "does not apply"; all texts are bounded and hold no content. */
export interface Reason {
  readonly code: ReasonCode;
  readonly layer: Layer;
  /** The policy that demands it; empty for the request's own filters and for identity. */
  readonly policy: string;
  /** The kind of the requirement, list or filter. */
  readonly requirement: string;
  readonly claim: string;
  readonly state: ReasonState;
  readonly expected: string;
  readonly observed: string;
  readonly message: string;
  /** Where the rule stands. */
  readonly position?: SourcePosition;
  /** Where the claim stands that was found wanting. */
  readonly claimPosition?: SourcePosition;
}
