import type { Decision } from '../model/decision';
import type { PolicyMode } from '../model/policy';
import type { ReasonState } from '../model/reason';
import type { SourcePosition } from '../model/source-position';

/** One rule on one candidate, met or not. */
export interface ExplanationRow {
  readonly policy: string;
  readonly mode: PolicyMode;
  /** The kind of the requirement, or the list: `providers.allow`. */
  readonly requirement: string;
  readonly state: ReasonState | 'satisfied';
  readonly claim: string;
  readonly expected: string;
  readonly observed: string;
  /** What would make it hold; empty where it holds. */
  readonly help: string;
  readonly position?: SourcePosition;
  readonly claimPosition?: SourcePosition;
}

/** All rules on one candidate. A candidate that stands for several targets has the rows of each. */
export interface CandidateExplanation {
  readonly ref: string;
  readonly target: string;
  readonly provider: string;
  readonly rows: readonly ExplanationRow[];
}

/** The decision and the whole matrix behind it. */
export interface Explanation {
  readonly decision: Decision;
  readonly candidates: readonly CandidateExplanation[];
}
