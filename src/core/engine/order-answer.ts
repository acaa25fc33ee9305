import type { Preferences } from '../model/request';
import { canonicalId } from '../policy/identifier';
import type { Bundle } from './bundle';
import { namesSubject, noFallbackReason } from './request-filters';
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
  const placeOf = (each: SettledCandidate): number => orderPlace(bundle, order, each);
  if (order.length > 0) left = stableSort(left, placeOf);
  if (gaveWay.size > 0) left = stableSort(left, ({ carried }) => carried.length);
  if (preferences.allowFallbacks !== false) return { candidates, chosen: left };
  const chosen =
    order.length > 0 ? left.filter((each) => placeOf(each) < order.length) : left.slice(0, 1);
  return { candidates: blockFallbacks(candidates, left, chosen), chosen };
}

function orderPlace(
  bundle: Bundle,
  order: readonly string[],
  { candidate }: SettledCandidate,
): number {
  const place = order.findIndex((entry) =>
    candidate.subjects.every((subject) => namesSubject(bundle, entry, subject, canonicalId)),
  );
  return place < 0 ? order.length : place;
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
  return [...candidates].sort((left, right) => keyOf(left) - keyOf(right));
}
