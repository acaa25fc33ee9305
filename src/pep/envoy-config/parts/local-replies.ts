import { TYPES } from '../types';
import { yaml } from '../yaml-text';

/** The answers that Envoy itself gives, as JSON in the shape that OpenAI's and Anthropic's client libraries read. */
export function localReplies(): string {
  return yaml`
    # The answers that Envoy itself gives, as JSON in the shape that OpenAI's and Anthropic's client libraries
    # read. What Ambit wrote stays untouched: a denial, and an error of its own, which comes with metadata.
    local_reply_config:
      mappers:
        - filter:
            ${byExpression("response.code_details == 'ext_authz_error' && !('envoy.filters.http.ext_authz' in metadata.filter_metadata)")}
          body_format_override:
            ${jsonError('policy_error', 'policy_unavailable', 'the policy service did not answer, the request was sent to no provider')}
        # The guard below stopped a request that has no decision: not the policy's no, but a fault of this set-up.
        - filter:
            ${byExpression("response.code_details.startsWith('rbac_access_denied')")}
          status_code: 503
          body_format_override:
            ${jsonError('policy_error', 'policy_unavailable', 'no policy decision for this request, it was sent to no provider')}
        - filter:
            status_code_filter:
              comparison: { op: EQ, value: { default_value: 413, runtime_key: ambit.unused } }
          body_format_override:
            ${jsonError('invalid_request_error', 'request_too_large', 'the request body is larger than the policy service may inspect')}
        # UH: the list is used up. NC: a target that this file lacks.
        - filter: { response_flag_filter: { flags: [UH, NC] } }
          body_format_override:
            ${jsonError('api_error', 'eligible_targets_unavailable', 'the policy allows providers for this request, but none of them could serve it')}
  `;
}

/** An error as clients read it, under the key of a body's format. */
export function jsonError(type: string, code: string, message: string): string {
  return yaml`
    json_format:
      type: error
      error:
        type: ${type}
        code: ${code}
        message: ${message}
        request_id: '%REQ(X-REQUEST-ID)%'
  `;
}

function byExpression(expression: string): string {
  return yaml`
    extension_filter:
      name: envoy.access_loggers.extension_filters.cel
      typed_config:
        '@type': ${TYPES.expression}
        expression: ${expression}
  `;
}
