import type { Claim, ClaimName } from '../../src/core/model/claim';
import type { TargetDeclaration } from '../../src/core/model/catalog';
import type { Outcome, Warning } from '../../src/core/model/decision';
import type { Policy, PolicyMode } from '../../src/core/model/policy';
import type { BoundDocument, PolicySet } from '../../src/core/model/policy-set';
import type { BlockCode, Layer, ReasonCode } from '../../src/core/model/reason';
import type { Candidate, DecisionRequest } from '../../src/core/model/request';

/** What L1 says a requirement can find. All but `satisfied` block. */
export type State = 'satisfied' | 'contrary' | 'unknown' | 'expired' | 'conflicting' | 'error';

/** Why a requirement does not hold. */
export type Unmet = Exclude<State, 'satisfied'>;

/** One reason, as far as the laws fix it. */
export interface OracleReason {
  readonly code: ReasonCode;
  readonly layer: Layer;
  readonly policy: string;
  readonly requirement: string;
  readonly state: string;
  /** Place of the policy among those that apply, widest scope first, then id; -1 where no policy demands it. */
  readonly policyRank: number;
  /** Place within the policy (registry order) or within the layer. */
  readonly kindRank: number;
  /**
   * False: the laws do not say whether this reason is listed (what a warn policy finds on a candidate that
   * something else blocks already). An evaluator may give it or not; it may give no reason beyond these.
   */
  readonly certain: boolean;
}

/** One candidate's answer. */
export interface OracleVerdict {
  readonly ref: string;
  readonly eligible: boolean;
  /** What the enforcement point must send where it may (L6); of those that it may not, it says nothing. */
  readonly sendModel: string;
  readonly provider: string;
  readonly codes: readonly OracleReason[];
}

/** What names the block. */
export interface OracleBlock {
  readonly code: BlockCode;
  readonly layer: Layer;
  readonly policy: string;
  /** Undefined: the laws do not say. */
  readonly providersConsidered?: readonly string[];
  /** Codes that would be as right: candidates fell at the same step with different codes. */
  readonly alternatives: readonly BlockCode[];
}

/** Something that the caller is told; `about` is the name that the message must hold. */
export interface OracleWarning {
  readonly code: Warning['code'];
  readonly about: string;
}

/** A policy that applied, in the order of L5. */
export interface OraclePolicy {
  readonly id: string;
  readonly mode: PolicyMode;
  /** For L10; a shadow policy never counts. */
  readonly counts: boolean;
}

/** What a shadow policy would have said of one candidate. */
export interface OracleShadow {
  readonly policy: string;
  readonly ref: string;
  readonly reasons: readonly OracleReason[];
}

/** The naive answer. */
export interface OracleDecision {
  readonly outcome: Outcome;
  readonly eligible: readonly string[];
  readonly verdicts: readonly OracleVerdict[];
  readonly block?: OracleBlock;
  readonly warnings: readonly OracleWarning[];
  readonly policies: readonly OraclePolicy[];
  readonly shadow: readonly OracleShadow[];
  /** True: the request as a whole was refused before any candidate was looked at. */
  readonly refusedWhole: boolean;
}

/** A policy that applies to the request. */
export interface Applied {
  readonly policy: Policy;
  /** The file that it stands in. */
  readonly home: BoundDocument;
  readonly keyCount: number;
  readonly counts: boolean;
}

/** Everything a rule may look at. */
export interface World {
  readonly set: PolicySet;
  readonly request: DecisionRequest;
  readonly nowMs: number;
  /** Files that exist for this request: unbound ones, and bound ones whose scope matches. */
  readonly files: readonly BoundDocument[];
  /** In the order of L5: fewest scope keys first, then id. */
  readonly policies: readonly Applied[];
}

/** One thing that a candidate stands for, and that must be eligible for the candidate to be. */
export interface Unit {
  readonly targetId: string;
  readonly provider: string;
  readonly model: string;
  /** Regions that the target and the candidate name. */
  readonly namedRegions: readonly string[];
  readonly endpointId?: string;
  /** The endpoint that the target is declared at, wherever the candidate sends the request. */
  readonly declaredEndpoint?: string;
  /** A base URL that the candidate names. */
  readonly url?: string;
  readonly credential?: string;
  /** True: the candidate leaves the credential to the target. */
  readonly ownCredential: boolean;
  readonly declarations: readonly TargetDeclaration[];
  /** Which of them the unit is, where files disagree on the id; empty for what nobody declares. */
  readonly identity: string;
  readonly trouble?: 'unknown_target' | 'conflicting_target';
  /** True: the candidate's target chooses it by itself. */
  readonly reached: boolean;
}

/** A name by which the client asks, without its pin. */
export interface AskedName {
  readonly written: string;
  readonly base: string;
  /** The provider it is pinned to, as written. */
  readonly pin?: string;
}

/** A candidate with all that it stands for. */
export interface Subject {
  readonly candidate: Candidate;
  readonly units: readonly Unit[];
}

/** What is found of one claim; `claims` are the statements that it comes from. */
export interface Found {
  readonly state: 'stated' | 'unknown' | 'expired' | 'conflicting';
  readonly claims: readonly Claim[];
}

/** Finds a claim on a unit. */
export type Reader = (name: ClaimName) => Found;
