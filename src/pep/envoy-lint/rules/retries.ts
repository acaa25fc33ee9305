import { each, entry, field, isTrue, number, text, valueSpot } from '../model/fields';
import { retriedRoutes } from '../model/retries';
import { quote } from '../quote';
import type { Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

/** Retries at a time that no small installation reaches. Envoy's default of three is reached at once. */
const MIN_CONCURRENT_RETRIES = 64;

/** Without a retry the first target that fails is the answer. */
export const noRetries: Rule = {
  code: 'no_retries',
  severity: 'warning',
  meaning: 'a failed attempt is not followed by one at the next eligible target',
  remedy: 'write a `retry_policy` with `retry_on` and `num_retries`, as `ambit envoy config` does',
  check: (model) =>
    retriedRoutes(model).flatMap(({ action, retries }) => {
      const isNone = retries === undefined || number(retries, 'num_retries') === 0;
      if (!isNone && text(retries, 'retry_on') !== undefined) return [];
      const at =
        retries === undefined ? action : valueSpot(retries, isNone ? 'num_retries' : 'retry_on');
      return [
        {
          at,
          message:
            'when the first target fails, the request fails: the other eligible ones are not tried',
        },
      ];
    }),
};

/** The list is walked only if the cluster is chosen again for each attempt. */
export const sameTargetAgain: Rule = {
  code: 'same_target_again',
  severity: 'warning',
  meaning: 'all attempts go to the first target of Ambit’s list',
  remedy: 'write `refresh_cluster_on_retry: true` in `retry_policy`',
  check: (model) =>
    retriedRoutes(model)
      .filter(({ route }) => route.destinations.some(({ kind }) => kind === 'specifier'))
      .flatMap(({ retries }) =>
        retries === undefined || isTrue(retries, 'refresh_cluster_on_retry')
          ? []
          : [
              {
                at: entry(retries, 'refresh_cluster_on_retry')?.value ?? retries,
                message:
                  'the cluster is not chosen again for a further attempt, so the first target gets them all',
              },
            ],
      ),
};

/** Envoy drops what is above the limit without a word. */
export const fewRetries: Rule = {
  code: 'few_retries',
  severity: 'warning',
  meaning: 'a cluster allows few retries at a time, and drops the others silently',
  remedy: 'write `circuit_breakers: { thresholds: [{ max_retries: 1024 }] }` in the cluster',
  check: (model) =>
    retriedRoutes(model).length === 0
      ? []
      : model.targets
          .filter(({ node }) => retriesAllowed(node) < MIN_CONCURRENT_RETRIES)
          .map(({ node, name }) => ({
            at: retriesSpot(node),
            message: `under load, fallback to ${quote(name)} is dropped: it allows ${String(retriesAllowed(node))} retries at a time`,
          })),
};

function thresholdsOf(cluster: ConfigNode): ConfigNode | undefined {
  const ofDefault = [undefined, 'DEFAULT', '0'];
  return each(cluster, 'circuit_breakers', 'thresholds').find((one) =>
    ofDefault.includes(text(one, 'priority')),
  );
}

function retriesAllowed(cluster: ConfigNode): number {
  const thresholds = thresholdsOf(cluster);
  const budget = field(thresholds, 'retry_budget');
  if (budget !== undefined) return number(budget, 'min_retry_concurrency') ?? 3;
  return number(thresholds, 'max_retries') ?? 3;
}

function retriesSpot(cluster: ConfigNode): ConfigNode {
  const thresholds = thresholdsOf(cluster);
  return field(thresholds, 'max_retries') ?? thresholds ?? field(cluster, 'name') ?? cluster;
}
