import { TYPES } from '../types';
import { scalar, yaml } from '../yaml-text';
import type { PartContext } from './context';

/** The log of requests: one line each, with the decision. */
export function requestLog(context: PartContext): string {
  return yaml`
    # One line a request.
    access_log:
      - name: requests
        typed_config:
          '@type': ${TYPES.fileLog}
          path: ${scalar(context.options.logFile)}
          log_format:
            json_format:
              log: request
              time: '%START_TIME%'
              request_id: '%REQ(X-REQUEST-ID)%'
              method: '%REQ(:METHOD)%'
              path: '%PATH(NQ)%' # without the query: clients put keys there
              status: '%RESPONSE_CODE%'
              details: '%RESPONSE_CODE_DETAILS%'
              flags: '%RESPONSE_FLAGS%'
              target: '${targetCommand(context)}'
              attempts: '%UPSTREAM_REQUEST_ATTEMPT_COUNT%'
              duration_ms: '%DURATION%'
              decision: '%DYNAMIC_METADATA(envoy.filters.http.ext_authz:decision)%'
              outcome: '%DYNAMIC_METADATA(envoy.filters.http.ext_authz:outcome)%'
              decision_id: '%DYNAMIC_METADATA(envoy.filters.http.ext_authz:decision_id)%'
              bundle: '%DYNAMIC_METADATA(envoy.filters.http.ext_authz:bundle)%'
              eligible: '%DYNAMIC_METADATA(envoy.filters.http.ext_authz:eligible)%'
              unmet: '%DYNAMIC_METADATA(envoy.filters.http.ext_authz:unmet)%' # what a warn policy does not find met
              decision_us: '%FILTER_STATE(envoy.filters.http.ext_authz:FIELD:latency_us)%'
  `;
}

/** The log of attempts: one line for each target that a request was sent to. */
export function attemptLog(context: PartContext): string {
  return yaml`
    # One line an attempt: every target that was really sent the request.
    upstream_log:
      - name: attempts
        typed_config:
          '@type': ${TYPES.fileLog}
          path: ${scalar(context.options.logFile)}
          log_format:
            json_format:
              log: attempt
              time: '%START_TIME%'
              request_id: '%REQ(X-REQUEST-ID)%'
              decision_id: '%REQ(X-AMBIT-DECISION-ID)%' # an attempt does not see dynamic metadata
              target: '${targetCommand(context)}'
              status: '%RESPONSE_CODE%'
              flags: '%RESPONSE_FLAGS%'
              sent_bytes: '%UPSTREAM_WIRE_BYTES_SENT%'
  `;
}

/** Where a target's id is read: it is the name of its cluster, or of the one cluster's endpoint. */
function targetCommand({ options }: PartContext): string {
  return options.variant === 'recommended'
    ? '%UPSTREAM_CLUSTER_RAW%'
    : '%UPSTREAM_HOST_NAME_WITHOUT_PORT%';
}
