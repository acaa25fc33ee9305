import type { Bundle } from '../core/engine/bundle';
import { decide } from '../core/engine/decide';
import { EMPTY_CONTEXT, type DecisionRequest } from '../core/model/request';
import { hasFailed } from './refusals';

/** A request that says nothing: everything that the catalog offers is judged. */
const WARMING_REQUEST: DecisionRequest = {
  context: EMPTY_CONTEXT,
  caller: { rewritesModel: true, ownsClaims: false },
  problems: [],
};

/**
 * Judges the whole catalog once at an instant, so that first answers are as fast as later ones. Throws if that
 * fails: such a bundle would block everything.
 */
export function warmBundle(bundle: Bundle, nowMs: number): void {
  if (hasFailed(decide(bundle, WARMING_REQUEST, nowMs))) {
    throw new Error('the bundle cannot judge its own catalog');
  }
}
