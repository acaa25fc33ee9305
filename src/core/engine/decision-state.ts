import type { DecisionRequest } from '../model/request';
import type { Bundle } from './bundle';
import { cacheAt } from './epoch';
import { planFor, type Plan } from './plan';
import { requestedModels, type RequestedModel } from './requested-models';
import type { ScopeClass } from './scope-class';
import { situationOf } from './situation';

/** All that a decision is made from, once it is clear which policies apply. */
export interface DecisionState {
  readonly bundle: Bundle;
  readonly request: DecisionRequest;
  readonly scopeClass: ScopeClass;
  readonly plan: Plan;
  readonly models: readonly RequestedModel[];
}

/** Gathers what judging needs. */
export function prepare(
  bundle: Bundle,
  request: DecisionRequest,
  scopeClass: ScopeClass,
  nowMs: number,
): DecisionState {
  const plan = planFor(cacheAt(bundle, nowMs), {
    view: { bundle, visible: scopeClass.visible },
    scopeClass,
    situation: situationOf(request.context),
    attributes: request.context.attributes,
    nowMs,
  });
  return { bundle, request, scopeClass, plan, models: requestedModels(bundle, request.context) };
}
