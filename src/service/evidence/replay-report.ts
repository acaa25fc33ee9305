import type { LinePlace } from '../../ports/log-lines';
import type { StoredBundleProblem } from '../bundles/load-stored-bundle';
import type { ContentProblem } from './trail-content';
import type { TopGroups } from './groups';
import type { DecidedPart } from './replay-record';

/** Why a decision is not decided again. */
export type NotReplayed =
  /** The service refused by itself, which is no question of a bundle. */
  | 'service_refusal'
  /** No bundle had been loaded. */
  | 'no_bundle'
  /** Something that it depended on was of no form that may be recorded. */
  | 'withheld'
  /** The bundle is not stored there. */
  | 'unknown_bundle'
  /** What is stored there is not the bundle. */
  | 'unusable_bundle';

/** What does not come out as it is recorded, or cannot be told. */
export type ReplayFinding = { readonly place: LinePlace } & (
  | {
      readonly code: 'differs';
      readonly sequence: number;
      readonly decisionId: string;
      readonly parts: readonly DecidedPart[];
    }
  /** It says that it cannot be decided again, and nothing in it is a reason for that. */
  | { readonly code: 'unexplained'; readonly sequence: number; readonly decisionId: string }
  /** Told once a bundle, at the first record that names it. */
  | {
      readonly code: 'unusable_bundle';
      readonly digest: string;
      readonly problem: 'unreadable' | StoredBundleProblem;
    }
  | { readonly code: ContentProblem }
);

/** What became of the records of a trail that were decided again. */
export interface ReplayReport {
  /** Records of decisions. */
  readonly decisions: number;
  /** Those that were decided again. */
  readonly replayed: number;
  /** Those of them that came out differently. */
  readonly differing: number;
  readonly notReplayed: Readonly<Record<NotReplayed, number>>;
  /** Blocks that were counted together, so that there is nothing of them to decide. */
  readonly folded: number;
  /** Records that the trail says are missing. */
  readonly missing: number;
  readonly unknownBundles: TopGroups<string, 'decisions'>;
  readonly findings: { readonly kept: readonly ReplayFinding[]; readonly count: number };
}
