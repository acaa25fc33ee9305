import type { EligibleVerdict, NonEmpty, Verdict } from '../model/decision';
import type { Reason } from '../model/reason';
import type { JudgedCandidate } from './judge-candidate';
import type { RankedReason } from './ranked-reason';

/** What is not met but gave way; empty for a candidate that meets everything. */
export type CarriedReasons = readonly Reason[];

const NOTHING: CarriedReasons = Object.freeze([]);

/**
 * INVARIANT: the one place where an eligible verdict is built. A candidate with any blocking reason gets a
 * blocked verdict with all of its reasons, whatever the caller of this function believed. Verdicts are kept and
 * given out again, so they are frozen: nobody can make an eligible one of a blocked one afterwards.
 */
export function verdictOf(
  candidate: JudgedCandidate,
  blocking: readonly RankedReason[],
  carried: readonly RankedReason[],
): Verdict {
  const { ref, target, provider } = candidate;
  if (blocking.length === 0) {
    const reasons = carried.length === 0 ? NOTHING : freezeReasons(carried);
    const { sendModel } = candidate;
    return Object.freeze({ eligible: true, ref, target, provider, sendModel, reasons });
  }
  const reasons = Object.freeze(mergeReasons(blocking, carried));
  return Object.freeze({ eligible: false, ref, target, provider, reasons });
}

function freezeReasons(ranked: readonly RankedReason[]): readonly Reason[] {
  return Object.freeze(ranked.map(({ reason }) => reason));
}

function mergeReasons(
  blocking: readonly RankedReason[],
  carried: readonly RankedReason[],
): NonEmpty<Reason> {
  const all = carried.length === 0 ? blocking : inOrder([...blocking, ...carried]);
  const [first, ...rest] = all.map(({ reason }) => reason);
  if (first === undefined) throw new Error('a blocked verdict has a reason');
  return [first, ...rest];
}

function inOrder(reasons: readonly RankedReason[]): readonly RankedReason[] {
  return [...reasons].sort((left, right) => left.rank - right.rank);
}

/** True if the candidate may receive the request. */
export function isEligible(verdict: Verdict | undefined): verdict is EligibleVerdict {
  return verdict?.eligible === true;
}
