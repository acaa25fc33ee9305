import type { Outcome } from '../../core/model/decision';

/** The version of the form; readers refuse a greater one. */
export const RECORD_VERSION = 1;

/**
 * What a record leaves out that would be too large for a trail, least first: claims, and what reasons say beside their
 * codes and rules; reasons, too. The candidates always stay, each on its side.
 */
export const ABRIDGEMENTS = ['details', 'reasons'] as const;

/** What is left out of a record. */
export type Abridgement = (typeof ABRIDGEMENTS)[number];

/** A place in a file of the bundle. */
export interface RecordedPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A claim: a fact that a decision relied on, or that a candidate brought. Instants are RFC 3339, UTC. */
export interface RecordedClaim {
  readonly name: string;
  readonly value: boolean | number | string | readonly string[];
  readonly assurance: string;
  readonly source: RecordedPlace;
  readonly evidence?: string;
  readonly checkedAt?: string;
  readonly expiresAt?: string;
  readonly apis?: readonly string[];
  readonly features?: readonly string[];
}

/** One reason. Words are those of the contract's Reason, without its message. */
export interface RecordedReason {
  readonly code: string;
  readonly layer: string;
  readonly policy?: string;
  readonly requirement?: string;
  readonly claim?: string;
  readonly state: string;
  readonly expected?: string;
  readonly observed?: string;
  readonly source?: RecordedPlace;
  readonly claimSource?: RecordedPlace;
}

/** A candidate as it was asked about. */
export interface RecordedCandidate {
  readonly ref: string;
  readonly target?: string;
  readonly provider?: string;
  readonly model?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly credential?: string;
  readonly claims?: readonly RecordedClaim[];
}

/** What was asked for; nothing that is not named here is ever recorded. */
export interface RecordedRequest {
  readonly tenant?: string;
  readonly scope?: Readonly<Record<string, string>>;
  readonly model?: string;
  readonly models?: readonly string[];
  readonly modelIdStyle: string;
  readonly api?: string;
  readonly features?: readonly string[];
  readonly preferences?: Readonly<Record<string, unknown>>;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Absent: the catalog's. */
  readonly candidates?: readonly RecordedCandidate[];
  /** How many things an end client got wrong. */
  readonly problems?: number;
  readonly rewritesModel: boolean;
  readonly ownsClaims: boolean;
}

/** A candidate that may receive the request. `reliedOn` are places in the record's `claims`. */
export interface RecordedEligible {
  readonly ref: string;
  readonly target: string;
  readonly provider: string;
  readonly sendModel: string;
  readonly reliedOn: readonly number[];
  readonly unmet?: readonly RecordedReason[];
}

/** A candidate that may not. */
export interface RecordedBlocked {
  readonly ref: string;
  readonly target: string;
  readonly provider: string;
  readonly reasons: readonly RecordedReason[];
}

/** Why nothing was left. */
export interface RecordedBlock {
  readonly code: string;
  readonly layer: string;
  readonly policy?: string;
  readonly httpStatus: number;
}

/** A policy that matched the request. */
export interface RecordedPolicy {
  readonly id: string;
  readonly mode: string;
  /** False: the request lacks a key that its scope names, so that it restricts but does not count as one that applies. */
  readonly counts: boolean;
}

/** What a shadow policy would have said. */
export interface RecordedShadow {
  readonly policy: string;
  readonly ref: string;
  readonly reasons: readonly RecordedReason[];
}

/** The bundle that decided. */
export interface RecordedBundle {
  readonly digest: string;
  readonly revision?: number;
  readonly sequence: number;
  readonly stale: boolean;
}

/** The record of one decision: all that is needed to judge it again, and nothing that a client wrote as content. */
export interface RecordedDecision {
  readonly version: typeof RECORD_VERSION;
  readonly decisionId: string;
  readonly requestId?: string;
  /** RFC 3339, UTC, with milliseconds: the instant at which it was decided. */
  readonly at: string;
  readonly via: string;
  /** The caller's name in the configuration; absent: callers are not configured. */
  readonly caller?: string;
  readonly request: RecordedRequest;
  readonly outcome: Outcome;
  readonly block?: RecordedBlock;
  /** In the order to try. */
  readonly eligible: readonly RecordedEligible[];
  /** In the order of the candidates. */
  readonly blocked: readonly RecordedBlocked[];
  readonly claims: readonly RecordedClaim[];
  readonly policies: readonly RecordedPolicy[];
  readonly shadow?: readonly RecordedShadow[];
  readonly warnings?: readonly string[];
  /** Absent: none was loaded. */
  readonly bundle?: RecordedBundle;
  /** Microseconds from the call's admission to the decision. */
  readonly latencyUs?: number;
  /** Paths of what was not of a form that may be recorded. */
  readonly withheld?: readonly string[];
  /** False: something that the decision depended on is withheld, or the service itself refused. */
  readonly replayable: boolean;
  /** What was left out because the record would be too large; absent: nothing. */
  readonly abridged?: Abridgement;
}
