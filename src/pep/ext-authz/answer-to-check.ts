import { blockBody } from '../../core/engine/block-body';
import type { Api } from '../../core/model/api';
import type { Block, Decision } from '../../core/model/decision';
import {
  HeaderValueOption_HeaderAppendAction,
  type CheckResponse,
  type DeniedHttpResponse,
  type HeaderValueOption,
  type OkHttpResponse,
} from '../../gen/envoy/service/auth/v3/external_auth';
import type { Answer } from '../../ports/answer';
import { allowMetadata, clustersOf, denyMetadata, NOTHING_NAMED } from './dynamic-metadata';

/** google.rpc.Code. Anything but 0 makes Envoy deny. */
const OK = 0;
const PERMISSION_DENIED = 7;
const UNAVAILABLE = 14;

/** What a client is told; a Block without what is for records. */
type Denial = Pick<Block, 'httpStatus' | 'contentType' | 'body'>;

/** From here on the status is Ambit's own trouble, which another try may not meet. */
const FIRST_OWN_FAILURE = 500;

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

function deny(
  { httpStatus, contentType, body }: Denial,
  metadata: Readonly<Record<string, unknown>>,
  headers: readonly HeaderValueOption[],
): CheckResponse {
  const isOwnFailure = httpStatus >= FIRST_OWN_FAILURE;
  // Some client libraries repeat what policy has refused; what Ambit could not answer they may repeat.
  const final = isOwnFailure ? [] : [overwrite('x-should-retry', 'false')];
  const value: DeniedHttpResponse = {
    status: { code: httpStatus },
    headers: [overwrite('content-type', contentType), ...final, ...headers],
    body,
  };
  return {
    status: { code: isOwnFailure ? UNAVAILABLE : PERMISSION_DENIED, message: '' },
    httpResponse: isOwnFailure
      ? { $case: 'errorResponse', value }
      : { $case: 'deniedResponse', value },
    dynamicMetadata: metadata,
  };
}

/** A header in place of whatever was there under its name; the default would append. */
function overwrite(key: string, value: string): HeaderValueOption {
  return {
    header: { key, value, rawValue: Buffer.alloc(0) },
    append: undefined,
    appendAction: HeaderValueOption_HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
  };
}
