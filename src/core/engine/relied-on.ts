import type { Claim } from '../model/claim';
import type { DecisionRequest } from '../model/request';
import type { BoundPolicy, Bundle } from './bundle';
import { prepare, type DecisionState } from './decision-state';
import { candidatesFor } from './derive-candidates';
import { cacheAt } from './epoch';
import { requirementsFor, resultsOf, sightOf } from './judge-requirements';
import { resolveCandidate } from './resolve-candidate';
import { classify } from './scope-class';
import { factsOf, type SubjectFacts } from './subject-facts';

/**
 * The claims that requirements of the applicable policies found satisfying, by the candidates' refs: what an eligible
 * verdict rests on, each claim once. `wanted` are the refs to look at.
 */
export function reliedOn(
  bundle: Bundle,
  request: DecisionRequest,
  nowMs: number,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, readonly Claim[]> {
  const scopeClass = classify(bundle, cacheAt(bundle, nowMs).classes, request.context);
  const state = prepare(bundle, request, scopeClass, nowMs);
  const { context } = state.plan;
  const found = new Map<string, readonly Claim[]>();
  for (const candidate of candidatesFor(state)) {
    if (!wanted.has(candidate.ref)) continue;
    const subjects = resolveCandidate(context.view, candidate, request.caller);
    const claims = subjects.flatMap((subject) => claimsBehind(state, factsOf(context, subject)));
    found.set(candidate.ref, [...new Set(claims)]);
  }
  return found;
}

function claimsBehind({ scopeClass }: DecisionState, facts: SubjectFacts): readonly Claim[] {
  return scopeClass.policies
    .map(({ bound }) => bound)
    .filter(({ policy }) => policy.mode !== 'shadow')
    .flatMap((bound) => claimsFor(bound, facts));
}

function claimsFor(bound: BoundPolicy, facts: SubjectFacts): readonly Claim[] {
  return requirementsFor(bound, facts)
    .flatMap(({ rule }) => resultsOf(rule, facts, sightOf(bound)))
    .flatMap((result) => (result.state === 'satisfied' ? result.reliedOn : []));
}
