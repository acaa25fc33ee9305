import type { RoutingAdvice } from '../model/policy-set';
import type { Bundle } from './bundle';
import type { ScopeClass } from './scope-class';

/** The advice of the first file that gives some and exists for the request. */
export function adviceFor(
  bundle: Bundle,
  { visible }: ScopeClass,
): { readonly routing?: RoutingAdvice } {
  const routing = bundle.set.documents.find(
    ({ document }, index) => document.routing !== undefined && visible[index] === true,
  )?.document.routing;
  return routing === undefined ? {} : { routing };
}
