import type { Preferences } from '../model/request';
import { formatPosition } from '../model/source-position';
import type { Bundle } from './bundle';
import { entriesNaming, noFallbackReason } from './request-filters';
import type { SettledCandidate, Settlement } from './settle-candidates';

/** The candidates in request order, and those that may receive the request, in the order to try. */
export interface OrderedAnswer {
  readonly candidates: readonly SettledCandidate[];
  readonly chosen: readonly SettledCandidate[];
}

/**
 * Orders what is left: the caller's order, the request's `order` first, and in a WARN answer fewest unmet
 * before all (L6, L9). Without fallbacks only what `order` names is left, without `order` the first.
 */
export function chooseInOrder(
  bundle: Bundle,
  preferences: Preferences,
  { candidates, gaveWay }: Settlement,
): OrderedAnswer {
  const order = preferences.order ?? [];
  let left = candidates.filter(({ blocking }) => blocking.length === 0);
  const naming = entriesNaming(bundle, order);
  const placeOf = ({ candidate }: SettledCandidate): number => {
    const [first = [], ...others] = candidate.subjects.map(naming);
    return Math.min(order.length, ...first.filter((at) => others.every((on) => on.includes(at))));
  };
  if (order.length > 0) left = stableSort(left, placeOf);
  if (gaveWay.size > 0) left = stableSort(left, unmetCount);
  if (preferences.allowFallbacks !== false) return { candidates, chosen: left };
  const chosen =
    order.length > 0 ? left.filter((each) => placeOf(each) < order.length) : left.slice(0, 1);
  return { candidates: blockFallbacks(candidates, left, chosen), chosen };
}

/** Requirements that are not met; one that fails on several of what a candidate stands for is one. */
function unmetCount({ carried }: SettledCandidate): number {
  const places = carried.map(({ rank, reason: { position } }) =>
    position === undefined ? String(rank) : `${String(rank)} ${formatPosition(position)}`,
  );
  return new Set(places).size;
}

function blockFallbacks(
  candidates: readonly SettledCandidate[],
  left: readonly SettledCandidate[],
  chosen: readonly SettledCandidate[],
): readonly SettledCandidate[] {
  const dropped = new Set(left.filter((each) => !chosen.includes(each)));
  return candidates.map((each) =>
    dropped.has(each) ? { ...each, blocking: [noFallbackReason()] } : each,
  );
}

function stableSort(
  candidates: readonly SettledCandidate[],
  keyOf: (candidate: SettledCandidate) => number,
): SettledCandidate[] {
  return candidates
    .map((candidate) => ({ candidate, key: keyOf(candidate) }))
    .sort((left, right) => left.key - right.key)
    .map(({ candidate }) => candidate);
}
