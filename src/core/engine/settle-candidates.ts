import type { BoundPolicy } from './bundle';
import type { JudgedCandidate } from './judge-candidate';
import type { RankedReason } from './ranked-reason';
import { givesWay, settleWarn } from './settle-warn';

/** A candidate whose fate is clear but for the choice of the first. */
export interface SettledCandidate {
  /** Place in the request. */
  readonly index: number;
  readonly candidate: JudgedCandidate;
  /** In order; empty: it may receive the request. */
  readonly blocking: readonly RankedReason[];
  /** What is not met but gave way. */
  readonly carried: readonly RankedReason[];
}

/** All candidates in request order, and the warn policies that gave way. */
export interface Settlement {
  readonly candidates: readonly SettledCandidate[];
  /** Indices in the plan's warn policies. */
  readonly gaveWay: ReadonlySet<number>;
}

const NO_REASONS: readonly RankedReason[] = [];
const NO_INDICES: ReadonlySet<number> = new Set();

/** Applies hard reasons, warn policies and the request's filters, in this order (L9). */
export function settle(
  warn: readonly BoundPolicy[],
  judged: readonly JudgedCandidate[],
): Settlement {
  if (warn.length === 0) {
    return { candidates: judged.map(settleWithoutWarn), gaveWay: NO_INDICES };
  }
  const { gaveWay } = settleWarn(warn, judged);
  return { candidates: judged.map((each, index) => settleOne(each, index, gaveWay)), gaveWay };
}

function settleWithoutWarn(candidate: JudgedCandidate, index: number): SettledCandidate {
  const { hard, filters } = candidate;
  const blocking = filters.length === 0 ? hard : inOrder([...filters, ...hard]);
  return { index, candidate, blocking, carried: NO_REASONS };
}

/** Reasons of a policy that holds block, and so do those that never give way. */
function settleOne(
  candidate: JudgedCandidate,
  index: number,
  gaveWay: ReadonlySet<number>,
): SettledCandidate {
  const blocking = [...candidate.filters, ...candidate.hard];
  const carried: RankedReason[] = [];
  candidate.soft.forEach((reasons, policy) => {
    for (const reason of reasons) {
      (gaveWay.has(policy) && givesWay(reason) ? carried : blocking).push(reason);
    }
  });
  return { index, candidate, blocking: inOrder(blocking), carried: inOrder(carried) };
}

function inOrder(reasons: readonly RankedReason[]): readonly RankedReason[] {
  return [...reasons].sort((left, right) => left.rank - right.rank);
}
