import type { Decision } from '../core/model/decision';
import type { PolicySet } from '../core/model/policy-set';
import type { DecisionRequest } from '../core/model/request';
import type { CallSpan } from './tracing';

/** How much of the reasons an answer carries. It never changes what is eligible. */
export type Detail = 'summary' | 'reasons' | 'trace';

/** The bundle that must be active for an answer to count. */
export type MinBundle =
  | { readonly kind: 'revision'; readonly revision: bigint }
  | { readonly kind: 'digest'; readonly digest: string };

/** A request to decide, with what concerns its answer and not its policy. */
export interface Ask {
  /** The caller's own name for the request, echoed. Empty: it has none. */
  readonly requestId: string;
  readonly request: DecisionRequest;
  readonly detail: Detail;
  readonly minBundle?: MinBundle;
  /** Where it comes from, for its record. Absent: it is not recorded. */
  readonly origin?: AskOrigin;
}

/** Who asks, and since when. */
export interface AskOrigin {
  /** The caller's name in the configuration; empty where none is configured. */
  readonly caller: string;
  /** When work on it began, by `performance.now`. */
  readonly startedMs: number;
  /** Absent: nothing is traced. */
  readonly span?: CallSpan;
}

/** The bundle that decided. */
export interface BundleRef {
  readonly digest: string;
  readonly revision?: number;
  /** Counts the bundles that this process has activated, from 1. */
  readonly sequence: number;
  /** The next instant at which an expiry changes verdicts. Absent: nothing expires. */
  readonly validUntilMs?: number;
  readonly stale: boolean;
}

/** The complete answer to one ask. */
export interface Answer {
  readonly requestId: string;
  readonly decisionId: string;
  readonly detail: Detail;
  readonly decision: Decision;
  /** Absent: none is loaded, and the decision is a block. */
  readonly bundle?: BundleRef;
  /** The policies that decided, for traces. Absent together with `bundle`. */
  readonly set?: PolicySet;
}
