import { blockBody } from '../../core/engine/block-body';
import type { Api } from '../../core/model/api';
import type { Decision } from '../../core/model/decision';
import type { CheckResponse, OkHttpResponse } from '../../gen/envoy/service/auth/v3/external_auth';
import type { Answer } from '../../ports/answer';
import { deny, overwrite } from './denial';
import type { Denial } from './denial';
import { allowMetadata, clustersOf, denyMetadata, NOTHING_NAMED } from './dynamic-metadata';

/** google.rpc.Code. Anything else makes Envoy deny. */
const OK = 0;

/** The answer where there is no decision: a defect denies. */
export const DEFECT: CheckResponse = denyUnasked({
  code: 'internal_error',
  message: 'the policy service failed to decide',
  httpStatus: 503,
});

/** The answer where there is no time for a decision. */
export const OVERLOADED: CheckResponse = denyUnasked({
  code: 'overloaded',
  message: 'more is asked of the policy service than it can decide; ask again later',
  httpStatus: 503,
});

/** The answer where who asks is not known, or may not ask for this tenant or scope. */
export const NOT_PERMITTED: CheckResponse = denyUnasked({
  code: 'unknown_tenant',
  message: 'the enforcement point may not ask for this tenant or scope',
  httpStatus: 403,
});

/** The answer where a Check, which has the client's body, is larger than it may be. */
export const TOO_LARGE: CheckResponse = denyUnasked({
  code: 'invalid_request',
  message: 'the request is larger than the policy service may inspect',
  httpStatus: 400,
});

/**
 * Translates an answer for Envoy. It allows only what is positively allowed and has a target that Envoy can know by
 * name. What policy or the request itself forbids is a denial. What Ambit could not decide is an error, which Envoy
 * counts apart from denials; its metadata denies as well, for where Envoy is told to pass what failed.
 */
export function answerToCheck(answer: Answer, api: Api | undefined): CheckResponse {
  const { decision } = answer;
  const clusters = clustersOf(decision);
  if (isAllowed(decision) && clusters.length > 0) {
    return {
      status: { code: OK, message: '' },
      httpResponse: { $case: 'okResponse', value: okResponse(answer) },
      dynamicMetadata: allowMetadata(answer, clusters),
    };
  }
  const denial = decision.block ?? nothingNamed(api);
  return deny(denial, denyMetadata(answer), [overwrite('x-ambit-decision-id', answer.decisionId)]);
}

/** A denial that no request has a part in. */
function denyUnasked(text: Parameters<typeof blockBody>[1]): CheckResponse {
  const denial = { httpStatus: text.httpStatus, ...blockBody(undefined, text) };
  return deny(denial, { decision: 'deny', outcome: 'BLOCK', code: text.code }, []);
}

function isAllowed({ outcome, eligible }: Decision): boolean {
  return (outcome === 'allow' || outcome === 'warn') && eligible.length > 0;
}

/** Targets that only their provider makes known have no cluster, and a client must not name one. */
function nothingNamed(api: Api | undefined): Denial {
  const message = 'no declared target of the catalog serves this model';
  const text = { code: NOTHING_NAMED, message, httpStatus: 403 };
  return { httpStatus: text.httpStatus, ...blockBody(api, text) };
}

function okResponse({ decisionId }: Answer): OkHttpResponse {
  const id = overwrite('x-ambit-decision-id', decisionId);
  return {
    // At least one header, or Envoy does not choose the route again and the request ends at `deny`.
    headers: [id],
    headersToRemove: [],
    responseHeadersToAdd: [id],
    queryParametersToSet: [],
    queryParametersToRemove: [],
  };
}
