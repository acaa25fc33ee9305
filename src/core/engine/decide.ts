import type { Decision, EligibleVerdict, Verdict } from '../model/decision';
import type { Candidate, DecisionRequest } from '../model/request';
import type { Bundle } from './bundle';
import { prepare, type DecisionState } from './decision-state';
import { candidatesFor } from './derive-candidates';
import { blockEmpty, blockNothingLeft } from './empty-answer';
import { cacheAt } from './epoch';
import { judgeCandidate, shadowFindings } from './judge-candidate';
import { chooseInOrder } from './order-answer';
import { isPlainRequest, plainVerdicts } from './plain-answer';
import { refuse } from './refuse';
import { requestFilters } from './request-filters';
import { adviceFor } from './routing-advice';
import { classify } from './scope-class';
import { settle } from './settle-candidates';
import { isEligible, verdictOf } from './verdict';
import { warningsOf } from './warnings';

/**
 * Decides one request. Total and synchronous: whatever happens, every candidate gets exactly one verdict, and
 * a failure of any kind blocks (L1, L5). `nowMs` is milliseconds since the epoch.
 */
export function decide(bundle: Bundle, request: DecisionRequest, nowMs: number): Decision {
  try {
    return decideGuarded(bundle, request, nowMs);
  } catch {
    // A bug must never become a permission, and its text must never reach a client.
    return refuse(request, {
      code: 'internal_error',
      message: 'the decision failed, so the request is blocked',
      httpStatus: 503,
    });
  }
}

function decideGuarded(bundle: Bundle, request: DecisionRequest, nowMs: number): Decision {
  const [problem] = request.problems;
  if (problem !== undefined) {
    return refuse(request, { code: 'invalid_request', message: problem, httpStatus: 400 });
  }
  const scopeClass = classify(bundle, cacheAt(bundle, nowMs).classes, request.context);
  if (scopeClass.refusal !== undefined) {
    return refuse(request, {
      ...scopeClass.refusal,
      httpStatus: 403,
      policies: scopeClass.applied,
    });
  }
  const state = prepare(bundle, request, scopeClass, nowMs);
  const candidates = candidatesFor(state);
  return candidates.length === 0 ? blockEmpty(state) : judgeAll(state, candidates);
}

function judgeAll(state: DecisionState, candidates: readonly Candidate[]): Decision {
  const { bundle, request, plan, scopeClass } = state;
  const { preferences } = request.context;
  const filters = requestFilters(bundle, preferences, state.models);
  if (isPlainRequest(state, filters)) {
    const { verdicts, eligible } = plainVerdicts(state, candidates);
    // Where nothing is left, the block tells more than the verdicts, so the whole way is gone.
    if (eligible.length > 0) return allowPlainly(state, verdicts, eligible);
  }
  const judged = candidates.map((candidate) => judgeCandidate(plan, request, filters, candidate));
  const settlement = settle(plan.groups.warn, judged);
  const answer = chooseInOrder(bundle, preferences, settlement);
  const verdicts = answer.candidates.map(({ candidate, blocking, carried }) =>
    verdictOf(candidate, blocking, carried),
  );
  const eligible = answer.chosen.map(({ index }) => verdicts[index]).filter(isEligible);
  const common = {
    verdicts,
    policies: scopeClass.applied,
    shadow: shadowFindings(plan, judged),
    ...adviceFor(bundle, scopeClass),
  };
  if (eligible.length === 0) return { ...common, ...blockNothingLeft(state, answer.candidates) };
  const outcome = settlement.gaveWay.size > 0 ? 'warn' : 'allow';
  return { ...common, outcome, eligible, warnings: warningsOf(state, settlement.gaveWay) };
}

const NONE_GAVE_WAY: ReadonlySet<number> = new Set();

function allowPlainly(
  state: DecisionState,
  verdicts: readonly Verdict[],
  eligible: readonly EligibleVerdict[],
): Decision {
  return {
    outcome: 'allow',
    eligible,
    verdicts,
    warnings: warningsOf(state, NONE_GAVE_WAY),
    policies: state.scopeClass.applied,
    shadow: [],
    ...adviceFor(state.bundle, state.scopeClass),
  };
}
