import type { Findings } from './reasons';
import type { OracleReason, World } from './types';

/** How the warn policies were settled (L9). */
export interface Settlement {
  /** Candidates that enforcing and warn policies leave. */
  readonly left: readonly Findings[];
  /** Ranks of the policies that gave way. */
  readonly gaveWay: readonly number[];
  /** Why a candidate was taken out, for those that only warn policies took out. */
  readonly removed: ReadonlyMap<Findings, readonly OracleReason[]>;
}

/** What a warn policy does not find met on a candidate. */
export function unmetBy(rank: number, one: Findings): readonly OracleReason[] {
  return one.unmet.get(rank) ?? [];
}

const isHard = ({ state }: OracleReason): boolean => state === 'error' || state === 'conflicting';

/** The policies of one group that give way over what is left. */
function givingWay(group: readonly number[], left: readonly Findings[]): readonly number[] {
  const meets = (one: Findings, rank: number): boolean => unmetBy(rank, one).length === 0;
  const alone = group.filter((rank) => !left.some((one) => meets(one, rank)));
  const rest = group.filter((rank) => !alone.includes(rank));
  const together = left.some((one) => rest.every((rank) => meets(one, rank)));
  return together ? alone : group;
}

/** Widest scope first; policies of equally many keys together, each group over what the wider ones left. */
export function settleWarnPolicies(all: readonly Findings[], world: World): Settlement {
  const warn = [...world.policies.entries()].filter(([, { policy }]) => policy.mode === 'warn');
  const sizes = [...new Set(warn.map(([, { keyCount }]) => keyCount))].sort((a, b) => a - b);
  let left = all.filter(({ blocking }) => blocking.length === 0);
  const gaveWay: number[] = [];
  const removed = new Map<Findings, readonly OracleReason[]>();
  for (const size of sizes) {
    const group = warn.filter(([, { keyCount }]) => keyCount === size).map(([rank]) => rank);
    const yielding = givingWay(group, left);
    gaveWay.push(...yielding);
    for (const one of left) {
      const reasons = group.flatMap((rank) =>
        yielding.includes(rank) ? unmetBy(rank, one).filter(isHard) : unmetBy(rank, one),
      );
      if (reasons.length > 0) {
        removed.set(one, reasons);
      }
    }
    left = left.filter((one) => !removed.has(one));
  }
  return { left, gaveWay, removed };
}
