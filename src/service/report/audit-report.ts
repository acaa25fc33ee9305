import type { RecordedClaim } from '../evidence/recorded-decision';
import type { TopGroups } from '../groups';
import type { ContentProblem } from '../evidence/trail-content';

/** Counts by outcome. */
export type Outcomes = Readonly<Record<'decisions' | 'allow' | 'warn' | 'block', number>>;

/** One piece of the time, with the decisions in it. Instants are RFC 3339, UTC. */
export interface TimeSlice {
  readonly from: string;
  readonly to: string;
  readonly counts: Outcomes;
}

/** Whether a claim is in force at the end of the period. `soon`: it expires within 30 days of it. */
export type ClaimState = 'valid' | 'soon' | 'expired';

/** A claim that decisions relied on. */
export interface ReliedClaim {
  readonly claim: RecordedClaim;
  readonly state: ClaimState;
}

/** A rule that blocked. */
export interface BlockingRule {
  readonly policy: string;
  readonly requirement: string;
  readonly layer: string;
  readonly code: string;
}

/** A bundle, with the first and the last decision by it, as their instants. */
export interface UsedBundle {
  readonly digest: string;
  first: string;
  last: string;
}

/** Blocks that were folded; caller and policy are empty where one tenant is reported on. */
export interface FoldedKey {
  readonly caller: string;
  readonly policy: string;
  readonly code: string;
}

/** What a trail says of a period, in sums. Every list names the most, and counts the others. */
export interface AuditSummary {
  /** The first and the last decision; absent: there is none. RFC 3339, UTC. */
  readonly first?: string;
  readonly last?: string;
  readonly outcomes: Outcomes;
  /** Decisions that are recorded and that nobody was answered with; they are counted nowhere else but in `unproven`. */
  readonly withdrawn: number;
  /** Withdrawals beyond what can be held; their decisions are counted as if somebody had been answered with them. */
  readonly withdrawnBeyond: number;
  /** Decisions in lines up to which nothing is proven. */
  readonly unproven: number;
  /** Decisions with something withheld, those whose records are abridged, and those that cannot be decided again. */
  readonly withheld: number;
  readonly abridged: number;
  readonly notReplayable: number;
  readonly overTime: readonly TimeSlice[];
  readonly tenants: TopGroups<string | undefined, keyof Outcomes>;
  /** Verdicts by provider. */
  readonly providers: TopGroups<string, 'verdicts' | 'eligible' | 'blocked'>;
  /** Blocked decisions by their leading reason. */
  readonly blocks: TopGroups<{ readonly code: string; readonly policy: string }, 'decisions'>;
  /** Everything that a target was blocked for, whatever became of the decision. */
  readonly rules: TopGroups<BlockingRule, 'decisions' | 'verdicts'>;
  readonly claims: TopGroups<ReliedClaim, 'decisions'> & {
    readonly states: Readonly<Record<ClaimState, number>>;
  };
  readonly bundles: TopGroups<UsedBundle, 'decisions'>;
  readonly folded: TopGroups<FoldedKey, 'count'> & { readonly count: number };
  /** Records that the trail says are missing; `unknown` are gaps of which nobody knows how many are missing there. */
  readonly gaps: TopGroups<string, 'count' | 'unknown'> & {
    readonly count: number;
    readonly unknown: number;
  };
  readonly events: TopGroups<{ readonly kind: string; readonly severity: string }, 'count'>;
  readonly unreadable: Readonly<Record<ContentProblem, number>>;
}
