import type { Claim } from '../model/claim';
import type { DecisionRequest } from '../model/request';
import { claimsOf, evaluateRule } from '../requirements/registry';
import type { BoundPolicy, Bundle } from './bundle';
import { prepare, type DecisionState } from './decision-state';
import { deriveCandidates } from './derive-candidates';
import { cacheAt } from './epoch';
import { requirementsFor, sightOf } from './judge-requirements';
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
  const { view } = state.plan.context;
  const candidates = request.candidates ?? deriveCandidates(view, request.context, state.models);
  const found = new Map<string, readonly Claim[]>();
  for (const candidate of candidates) {
    if (!wanted.has(candidate.ref)) continue;
    const subjects = resolveCandidate(view, candidate, request.caller);
    const claims = subjects.flatMap((subject) =>
      claimsBehind(state, factsOf(state.plan.context, subject)),
    );
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
  const sight = sightOf(bound);
  const inline = facts.inline(sight);
  return requirementsFor(bound, facts).flatMap(({ rule }) => {
    const speaks = inline !== undefined && claimsOf(rule).some((name) => facts.speaksOf(name));
    const sights = speaks ? [facts.catalog(sight), inline] : [facts.catalog(sight)];
    return sights.flatMap((each) => {
      const result = evaluateRule(rule, each);
      return result.state === 'satisfied' ? result.reliedOn : [];
    });
  });
}
