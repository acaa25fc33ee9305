import type { Verdict } from '../model/decision';
import type { Candidate, DecisionRequest } from '../model/request';
import type { DecisionState } from './decision-state';
import { countKept } from './epoch';
import { judgeCandidate } from './judge-candidate';
import type { Plan } from './plan';
import type { RankedReason } from './ranked-reason';
import type { RequestFilter } from './request-filters';
import { verdictOf } from './verdict';

const NO_FILTERS: readonly RequestFilter[] = [];
const NOTHING_CARRIED: readonly RankedReason[] = [];

/**
 * True if each verdict depends on its candidate alone: nothing has to be settled over all of them (L9), the
 * request brings no filter, order or attribute that is looked at, and the caller changes no candidate's meaning.
 */
export function isPlainRequest(
  { plan, request }: DecisionState,
  filters: readonly RequestFilter[],
): boolean {
  const { order, allowFallbacks } = request.context.preferences;
  return (
    plan.keeps &&
    filters.length === 0 &&
    plan.groups.warn.length === 0 &&
    plan.groups.shadow.length === 0 &&
    (order === undefined || order.length === 0) &&
    allowFallbacks !== false &&
    request.caller.rewritesModel &&
    !request.caller.ownsClaims
  );
}

/**
 * The verdicts of a plain request, in candidate order. They are kept with the plan by the candidate object, so
 * that an edge which gives equal candidates as one object has them judged once for each epoch.
 */
export function plainVerdicts(
  { plan, request }: DecisionState,
  candidates: readonly Candidate[],
): readonly Verdict[] {
  return candidates.map((each) => plan.verdicts.get(each) ?? keep(plan, request, each));
}

function keep(plan: Plan, request: DecisionRequest, candidate: Candidate): Verdict {
  const judged = judgeCandidate(plan, request, NO_FILTERS, candidate);
  const verdict = verdictOf(judged, judged.hard, NOTHING_CARRIED);
  // Claims that a candidate brings expire at instants that the bundle does not know, so nothing outlives the call.
  if (candidate.claims.length > 0) return verdict;
  plan.verdicts.set(candidate, verdict);
  countKept(plan.cache);
  return verdict;
}
