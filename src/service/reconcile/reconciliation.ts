import type { LinePlace } from '../../ports/log-lines';
import type { ReconcileCode, ReconcileFinding } from './findings';

/** A line that cannot be read. */
export interface UnreadableLine {
  readonly place: LinePlace;
  readonly problem: string;
}

/** What was looked at. */
export interface ReconcileCounts {
  /** Decisions by outcome, each once. */
  readonly decisions: Readonly<Record<'allow' | 'warn' | 'block', number>>;
  /** Attempts within the window; `clean` are those that a decision allows, in its order. */
  readonly attempts: { readonly all: number; readonly clean: number };
  /** Requests within the window; `undecided` are those without a decision, and sent nowhere. */
  readonly requests: {
    readonly all: number;
    readonly clean: number;
    readonly undecided: number;
  };
  /** Attempts and requests outside the window. */
  readonly outside: number;
  readonly unreadable: number;
}

/** What decisions and logs say together. */
export interface Reconciliation {
  /** There was something to look at, nothing worse than `info` was found, and every line could be read. */
  readonly isClean: boolean;
  /** There was no attempt and no request, so that nothing is proven. */
  readonly isEmpty: boolean;
  /** Something of level error or warning was found. */
  readonly hasFindings: boolean;
  readonly counts: ReconcileCounts;
  readonly found: Readonly<Partial<Record<ReconcileCode, number>>>;
  readonly findings: readonly ReconcileFinding[];
  readonly unreadable: readonly UnreadableLine[];
  /** Sentences on what would make the result say more. */
  readonly advice: readonly string[];
}
