import { DEAD_END } from '../../shared/envoy-names';
import { TARGETS_CLUSTER } from '../hop-targets';
import { TYPES } from '../types';
import { commentOf, yaml } from '../yaml-text';
import type { PartContext } from './context';

/** How the one route of the ingress goes from target to target. */
export function routeTo(context: PartContext): string {
  const isRecommended = context.options.variant === 'recommended';
  return yaml`
    timeout: 0s # streams may be long; per_try_idle_timeout finds the dead ones
    ${isRecommended ? groups() : `cluster: ${TARGETS_CLUSTER}`}
    retry_policy:
      ${retryPolicy(context)}
      ${isRecommended ? REFRESH : ''}
  `;
}

function groups(): string {
  return yaml`
    inline_cluster_specifier_plugin:
      extension:
        name: envoy.router.cluster_specifier_plugin.priority_group
        typed_config:
          '@type': ${TYPES.priorityGroup}
          # What stands here is used whenever Ambit's list is missing or malformed: NEVER a provider.
          priority_groups:
            - name: ${DEAD_END}
              clusters: [{ cluster_name: ${DEAD_END}, weight: 1 }]
          override_metadata_namespace: envoy.filters.http.ext_authz
  `;
}

const REFRESH = yaml`
  # Without this all attempts go to the first target.
  refresh_cluster_on_retry: true
`;

function retryPolicy({ retries: { on, statuses, count, reason } }: PartContext): string {
  const conditions = [...on, ...(statuses.length > 0 ? ['retriable-status-codes'] : [])].join(',');
  return yaml`
    # Each of these says "not at this provider": the next eligible one may do. 401, 403 and 404 are a
    # key or a model that is missing there.
    ${conditions === '' ? '' : `retry_on: ${conditions}`}
    ${statuses.length === 0 ? '' : `retriable_status_codes: [${statuses.join(', ')}]`}
    ${commentOf(reason)}
    num_retries: ${String(count)}
    # Not per_try_timeout, which would cut long streams. Keep it above the slowest time to a first token.
    per_try_idle_timeout: 60s
    retry_back_off: { base_interval: 0.005s, max_interval: 0.02s }
  `;
}
