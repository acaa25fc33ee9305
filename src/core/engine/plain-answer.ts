import type { Verdict } from '../model/decision';
import type { Candidate, DecisionRequest } from '../model/request';
import type { DecisionState } from './decision-state';
import { countKept } from './epoch';
import { judgeCandidate } from './judge-candidate';
import type { PlainVerdicts, Plan } from './plan';
import type { RankedReason } from './ranked-reason';
import type { RequestFilter } from './request-filters';
import { isEligible, verdictOf } from './verdict';

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
 * Judges a plain request. Verdicts are kept with the plan by the candidate object, and whole lists of them by the
 * list, so that an edge which gives equal candidates, or lists, as one object has them judged once for each epoch.
 */
export function plainVerdicts(
  { plan, request }: DecisionState,
  candidates: readonly Candidate[],
): PlainVerdicts {
  const known = plan.lists.get(candidates);
  if (known !== undefined) return known;
  const verdicts = candidates.map((each) => plan.verdicts.get(each) ?? keep(plan, request, each));
  const made = { verdicts, eligible: verdicts.filter(isEligible) };
  return isKeepable(candidates) ? keepList(plan, candidates, made) : made;
}

/** What is kept is frozen, because all answers for the list share it. */
function keepList(
  plan: Plan,
  candidates: readonly Candidate[],
  { verdicts, eligible }: PlainVerdicts,
): PlainVerdicts {
  const kept = { verdicts: Object.freeze(verdicts), eligible: Object.freeze(eligible) };
  plan.lists.set(candidates, kept);
  countKept(plan.cache, verdicts.length);
  return kept;
}

/** A list that can change, or brings claims of its own, may mean something else the next time. */
function isKeepable(candidates: readonly Candidate[]): boolean {
  return Object.isFrozen(candidates) && candidates.every(({ claims }) => claims.length === 0);
}

function keep(plan: Plan, request: DecisionRequest, candidate: Candidate): Verdict {
  const judged = judgeCandidate(plan, request, NO_FILTERS, candidate);
  const verdict = verdictOf(judged, judged.hard, NOTHING_CARRIED);
  // Claims that a candidate brings expire at instants that the bundle does not know, so nothing outlives the call.
  if (candidate.claims.length > 0) return verdict;
  plan.verdicts.set(candidate, verdict);
  countKept(plan.cache, 1 + verdict.reasons.length);
  return verdict;
}
