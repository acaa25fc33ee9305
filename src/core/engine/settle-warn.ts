import type { BoundPolicy } from './bundle';
import type { JudgedCandidate } from './judge-candidate';
import type { RankedReason } from './ranked-reason';

/** How the warn policies ended. */
export interface WarnSettlement {
  /** The candidates that are left, in candidate order. */
  readonly left: readonly JudgedCandidate[];
  /** Indices (in the plan's warn policies) of those that gave way. */
  readonly gaveWay: ReadonlySet<number>;
}

/**
 * Settles warn policies over all candidates, before request filters (L9): widest scope first, each over what
 * the enforcing and the wider ones left; one that nothing there meets gives way. Policies of equal width are
 * looked at over the same candidates; where those that can be met cannot be met together, all give way.
 */
export function settleWarn(
  policies: readonly BoundPolicy[],
  candidates: readonly JudgedCandidate[],
): WarnSettlement {
  let left = candidates.filter(({ hard }) => hard.length === 0);
  const gaveWay = new Set<number>();
  if (left.length === 0) return { left, gaveWay };
  for (const group of groupByWidth(policies)) {
    const holding = holdingOf(group, left);
    for (const index of group) if (!holding.includes(index)) gaveWay.add(index);
    left = left.filter((candidate) => survives(candidate, group, holding));
  }
  return { left, gaveWay };
}

/** Indices of policies of equal width, widest first; the plan's order is already by width. */
function groupByWidth(policies: readonly BoundPolicy[]): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  policies.forEach(({ scope }, index) => {
    const group = groups.get(scope.size);
    if (group === undefined) groups.set(scope.size, [index]);
    else group.push(index);
  });
  return [...groups.values()];
}

/** Those of a group that something meets, if something meets all of them. */
function holdingOf(group: readonly number[], left: readonly JudgedCandidate[]): readonly number[] {
  const meetable = group.filter((index) => left.some((candidate) => meets(candidate, index)));
  const together = left.some((candidate) => meetable.every((index) => meets(candidate, index)));
  return together ? meetable : [];
}

function meets({ soft }: JudgedCandidate, index: number): boolean {
  return (soft[index] ?? []).length === 0;
}

function survives(
  candidate: JudgedCandidate,
  group: readonly number[],
  holding: readonly number[],
): boolean {
  return group.every((index) =>
    holding.includes(index)
      ? meets(candidate, index)
      : (candidate.soft[index] ?? []).every(givesWay),
  );
}

/** Only what is contrary, unknown or expired gives way; errors and conflicts never do (L9). */
export function givesWay({ reason }: RankedReason): boolean {
  return reason.state === 'contrary' || reason.state === 'unknown' || reason.state === 'expired';
}
