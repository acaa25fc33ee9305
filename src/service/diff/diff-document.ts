import type { Outcome } from '../../core/model/decision';
import type { ReasonCode, ReasonState } from '../../core/model/reason';
import type { SourcePosition } from '../../core/model/source-position';

/**
 * Who gains and who loses which target between two bundles at one instant. The form is documented in docs/diff.md,
 * and programs read it: names may be added, and none changes its meaning. Lists stand in file order.
 */
export interface DiffDocument {
  readonly apiVersion: 'ambit/v1';
  readonly kind: 'Diff';
  readonly at: string;
  readonly old: DiffSide;
  readonly new: DiffSide;
  /** True if anybody gains anything. */
  readonly wider: boolean;
  /** True if anybody loses anything. */
  readonly narrower: boolean;
  readonly counts: DiffCounts;
  /** Why `wider: false` does not mean that nothing is wider, one sentence each; empty: it does. */
  readonly unproven: readonly string[];
  readonly differences: readonly DiffDifference[];
}

/** One of the two bundles. */
export interface DiffSide {
  readonly name: string;
  readonly digest: string;
  readonly revision?: number;
}

/** What was compared. */
export interface DiffCounts {
  /** Combinations of scope values. */
  readonly scopes: number;
  /** Combinations of api and features. */
  readonly situations: number;
  /** Requests that were decided by both, requests of like scopes once. */
  readonly requests: number;
  /** Targets that are gained by at least one request, and that are lost. */
  readonly gained: number;
  readonly lost: number;
}

/** Changes that the same requests see. */
export interface DiffDifference {
  readonly for: readonly DiffCircumstance[];
  readonly changes: readonly DiffChange[];
}

/** Who asks, over what. */
export interface DiffCircumstance {
  /** The values of scope keys, `tenant` among them; a key that is absent is not said. */
  readonly scope: Readonly<Record<string, string>>;
  /** Keys that have a value which neither bundle names. */
  readonly otherValues: readonly string[];
  /** Absent: not said. It stands for every api that both bundles treat alike. */
  readonly api?: string;
  readonly features: readonly string[];
}

/** What changes for one kind of request. */
export interface DiffChange {
  readonly request: DiffQuestion;
  readonly from: Outcome;
  readonly to: Outcome;
  /** The codes of the blocks; absent where there is none. */
  readonly fromCode?: string;
  readonly toCode?: string;
  readonly gains: readonly DiffTarget[];
  readonly loses: readonly DiffTarget[];
}

/** What is asked for: a model by its names, or candidates that an enforcement point sends itself. */
export interface DiffQuestion {
  /** Names that offer the same candidates; empty where the candidates are sent. */
  readonly models: readonly string[];
  /** The candidates that are sent; empty where they are the catalog's. */
  readonly candidates: readonly string[];
}

/** One target that is gained or lost. */
export interface DiffTarget {
  readonly target: string;
  readonly provider: string;
  /**
   * `judged`: the other bundle blocks it. `not_offered`: there it is no candidate of such a request. `redeclared`:
   * what the id stands for is another provider, model, address or credential there.
   */
  readonly why: 'judged' | 'not_offered' | 'redeclared';
  /** What blocks it on the side that does: of a gained one the old bundle's reasons, of a lost one the new one's. */
  readonly reasons: readonly DiffReason[];
  /** Where the target is declared, on the side that has it. */
  readonly position?: SourcePosition;
}

/** One reason of the side that blocks. Texts that do not apply are empty. */
export interface DiffReason {
  readonly code: ReasonCode;
  readonly state: ReasonState;
  readonly policy: string;
  readonly requirement: string;
  readonly claim: string;
  readonly expected: string;
  readonly observed: string;
  readonly position?: SourcePosition;
  readonly claimPosition?: SourcePosition;
}
