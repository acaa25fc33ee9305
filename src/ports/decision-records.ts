import type { Outcome } from '../core/model/decision';
import type { LinePlace } from './log-lines';

/** What is recorded of a decision, as far as it can be held against what was sent. */
export interface DecisionRecord {
  readonly decisionId: string;
  readonly atMs: number;
  /** How it was asked for. */
  readonly via: string;
  readonly outcome: Outcome;
  /** Ids of the eligible targets, in order; those that only their provider makes known have none. */
  readonly targets: readonly string[];
  /** The bundle's digest. Empty: none was loaded. */
  readonly bundle: string;
  /** False: the service left other decisions unrecorded, as their policies wish. */
  readonly isOneOfAll: boolean;
}

/** A record with its place, or why what stands there is none. */
export type RecordReading = { readonly place: LinePlace } & (
  { readonly record: DecisionRecord } | { readonly problem: string }
);

/** Where decisions are recorded, for reading. Records are given a few at a time, in the order in which they stand. */
export interface DecisionRecords {
  read(): AsyncIterable<readonly RecordReading[]>;
}
