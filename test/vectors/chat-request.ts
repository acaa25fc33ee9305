import { EMPTY_CONTEXT } from '../../src/core/model/request';
import type { DecisionRequest } from '../../src/core/model/request';

/** A chat completion that offers targets of the catalog, without scope or preferences. */
export function requestFor(targets: readonly string[]): DecisionRequest {
  return {
    context: { ...EMPTY_CONTEXT, api: 'chat_completions' },
    candidates: targets.map((target) => ({ ref: target, target, claims: [] })),
    caller: { rewritesModel: true, ownsClaims: false },
    problems: [],
  };
}
