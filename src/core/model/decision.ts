import type { PolicyMode } from './policy';
import type { RoutingAdvice } from './policy-set';
import type { BlockCode, Layer, Reason } from './reason';

/** A list that holds at least one element. */
export type NonEmpty<T> = readonly [T, ...T[]];

/**
 * One candidate's answer. A blocked verdict without a reason cannot be built; an eligible one carries reasons
 * only where a warn policy gave way (L9).
 */
export type Verdict = EligibleVerdict | BlockedVerdict;

/** The candidate may receive the request. */
export interface EligibleVerdict {
  readonly eligible: true;
  readonly ref: string;
  /** The target's id; empty for a target that only its provider makes known. */
  readonly target: string;
  readonly provider: string;
  /** The model name that the enforcement point must send. */
  readonly sendModel: string;
  /** What warn policies that gave way do not find met. */
  readonly reasons: readonly Reason[];
}

/** The candidate may not receive the request. */
export interface BlockedVerdict {
  readonly eligible: false;
  readonly ref: string;
  readonly target: string;
  readonly provider: string;
  readonly reasons: NonEmpty<Reason>;
}

/** For the whole request. */
export type Outcome = 'allow' | 'warn' | 'block';

/** What the client is told when nothing is left. `body` is complete and ready to send. */
export interface Block {
  readonly code: BlockCode;
  readonly message: string;
  readonly httpStatus: number;
  readonly contentType: string;
  readonly body: string;
  readonly layer: Layer;
  readonly policy: string;
  /** The providers that entered the layer at which the set became empty, in candidate order. */
  readonly providersConsidered: readonly string[];
}

/** Something that the caller should know and that changed nothing. */
export interface Warning {
  readonly code: 'unknown_preference_name' | 'warn_policy_gave_way' | 'unused_scope_key';
  readonly message: string;
}

/** A policy that applied, for records and traces. */
export interface AppliedPolicy {
  readonly id: string;
  readonly mode: PolicyMode;
  /** False: the request lacks a scope key that the policy names, so it restricts but does not count (L3). */
  readonly counts: boolean;
  readonly logSelection: boolean;
  /** Whether all decisions are to be recorded (true), or blocks and warnings only (false). Absent: it says nothing. */
  readonly recordsAll?: boolean;
}

/** What a shadow policy would have said of one candidate. */
export interface ShadowFinding {
  readonly policy: string;
  readonly ref: string;
  readonly reasons: NonEmpty<Reason>;
}

/** The complete answer. Verdicts stand in candidate order; `eligible` is in the order to try. */
export interface Decision {
  readonly outcome: Outcome;
  readonly eligible: readonly EligibleVerdict[];
  readonly verdicts: readonly Verdict[];
  readonly block?: Block;
  readonly warnings: readonly Warning[];
  readonly routing?: RoutingAdvice;
  readonly policies: readonly AppliedPolicy[];
  readonly shadow: readonly ShadowFinding[];
}
