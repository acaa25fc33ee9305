import type { Bundle } from '../core/engine/bundle';
import { decide } from '../core/engine/decide';
import { classify } from '../core/engine/scope-class';
import type { Api } from '../core/model/api';
import type { BlockedVerdict, Verdict } from '../core/model/decision';
import type { CallerTraits, RequestContext } from '../core/model/request';

/** What a proxy is asked for that names the target's own model and takes all claims from the catalog. */
const PROXY: CallerTraits = { rewritesModel: true, ownsClaims: false };

const ASKED: readonly Api[] = ['chat_completions', 'responses', 'messages', 'embeddings', 'gemini'];

/** Whom requests are for, when, and which targets they can be sent to. */
export interface Reachable {
  readonly request: RequestContext;
  readonly nowMs: number;
  readonly targetIds: readonly string[];
}

/** Why nothing could be sent: of the first target, or because no file that declares one is for such requests. */
export type NoneEligible = BlockedVerdict | 'none is declared for them';

/**
 * Why none of the targets may receive even the plainest request of any API; undefined if one may, or if such requests
 * are refused before any target is looked at. It is only told: no decision depends on it.
 */
export function noneEligible(bundle: Bundle, reachable: Reachable): NoneEligible | undefined {
  const { targetIds, request } = reachable;
  if (classify(bundle, new Map(), request).refusal !== undefined) return undefined;
  const verdicts = ASKED.flatMap((api) => verdictsFor(bundle, api, reachable)).filter(
    ({ target }) => targetIds.includes(target),
  );
  if (verdicts.some(({ eligible }) => eligible)) return undefined;
  return verdicts.find((verdict) => !verdict.eligible) ?? 'none is declared for them';
}

function verdictsFor(bundle: Bundle, api: Api, { request, nowMs }: Reachable): readonly Verdict[] {
  // Without this word the API stores answers, which fewer claims cover.
  const features = api === 'responses' ? (['no_store'] as const) : [];
  const context = { ...request, api, features };
  return decide(bundle, { context, caller: PROXY, problems: [] }, nowMs).verdicts;
}
