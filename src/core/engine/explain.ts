import type { DecisionRequest } from '../model/request';
import type { Bundle } from './bundle';
import { decide } from './decide';
import { prepare, type DecisionState } from './decision-state';
import { candidatesFor } from './derive-candidates';
import { cacheAt } from './epoch';
import { explainSubject } from './explain-subject';
import type { CandidateExplanation, Explanation } from './explanation';
import { resolveCandidate } from './resolve-candidate';
import { classify } from './scope-class';

/** Explains a decision: every applicable rule on every candidate. Total; a refused request has no rows. */
export function explain(bundle: Bundle, request: DecisionRequest, nowMs: number): Explanation {
  const decision = decide(bundle, request, nowMs);
  try {
    return { decision, candidates: explainCandidates(bundle, request, nowMs) };
  } catch {
    // The decision stands by itself; an explanation that fails must not hide it.
    return { decision, candidates: [] };
  }
}

function explainCandidates(
  bundle: Bundle,
  request: DecisionRequest,
  nowMs: number,
): readonly CandidateExplanation[] {
  if (request.problems.length > 0) return [];
  const scopeClass = classify(bundle, cacheAt(bundle, nowMs).classes, request.context);
  if (scopeClass.refusal !== undefined) return [];
  return explainAll(prepare(bundle, request, scopeClass, nowMs));
}

function explainAll(state: DecisionState): readonly CandidateExplanation[] {
  const { request, plan, scopeClass } = state;
  const { view } = plan.context;
  return candidatesFor(state).map((candidate) => {
    const subjects = resolveCandidate(view, candidate, request.caller);
    return {
      ref: candidate.ref,
      target: candidate.target ?? subjects[0]?.identity.id ?? '',
      provider: subjects[0]?.identity.provider ?? '',
      rows: subjects.flatMap((subject) =>
        explainSubject(plan.context, scopeClass.policies, subject),
      ),
    };
  });
}
