import type { LinePlace } from '../../ports/log-lines';
import type { StoredBundleProblem } from '../bundles/load-stored-bundle';
import { CONTENT_PROBLEMS, type ContentProblem } from '../evidence/trail-content';
import type { DecidedPart } from '../evidence/replay-record';
import type { TopGroups } from '../groups';

/** All reasons for not deciding again, in words. */
export const NOT_REPLAYED = {
  service_refusal: 'the service itself refused',
  no_bundle: 'no bundle was loaded',
  withheld: 'something that decided is withheld',
  unknown_bundle: 'the bundle is not there',
  unusable_bundle: 'what is there is not the bundle',
} as const;

/** Why a decision is not decided again. */
export type NotReplayed = keyof typeof NOT_REPLAYED;

/** What a replay can find. Append-only; docs/report.md has a row for each. */
export const REPLAY_CODES = {
  differs: 'decided again, something else comes out',
  unexplained: 'it cannot be decided again, as it says, and nothing in it is a reason for that',
  unusable_bundle: 'what is stored under this digest is not the bundle',
  ...CONTENT_PROBLEMS,
} as const;

/** What does not come out as it is recorded, or cannot be told. */
export type ReplayFinding = { readonly place: LinePlace } & (
  | {
      readonly code: 'differs';
      readonly sequence: number;
      readonly decisionId: string;
      readonly parts: readonly DecidedPart[];
    }
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
  /** Blocks that were folded, so that there is nothing of them to decide. */
  readonly folded: number;
  /** Decisions of which the trail says that nobody was answered with them; what they decided is replayed all the same. */
  readonly withdrawn: number;
  /** Records that the trail says are missing. */
  readonly missing: number;
  /** Gaps of which the trail says that nobody knows how many records are missing there. */
  readonly missingUnknown: number;
  readonly unknownBundles: TopGroups<string, 'decisions'>;
  readonly findings: { readonly kept: readonly ReplayFinding[]; readonly count: number };
}
