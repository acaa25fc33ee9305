import { durationMs, entry, valueSpot } from '../model/fields';
import { leadingRoutes } from '../model/levels';
import { retriedRoutes } from '../model/retries';
import type { Hit, Rule } from '../rule';

/** Answers are streams that may last minutes; these limits count from their beginning. */
export const streamCut: Rule = {
  code: 'stream_cut',
  severity: 'info',
  meaning: 'a limit on the whole answer cuts long streams',
  remedy:
    'write `timeout: 0s` in the route, and `per_try_idle_timeout` instead of `per_try_timeout`',
  check: (model) => {
    const routes = [...model.asking, ...model.hops].flatMap((manager) =>
      leadingRoutes(manager, model.leadingClusters),
    );
    return [
      ...routes.flatMap(({ action }) => (action === undefined ? [] : wholeTimeout(action))),
      ...retriedRoutes(model).flatMap(({ retries }) => {
        const limit = entry(retries, 'per_try_timeout');
        return limit === undefined || durationMs(limit.value) === 0
          ? []
          : [
              {
                at: limit.value,
                message: 'an attempt is cut after this time, also where its answer is still coming',
              },
            ];
      }),
    ];
  },
};

function wholeTimeout(action: Parameters<typeof entry>[0] & object): readonly Hit[] {
  if (durationMs(action, 'timeout') === 0) return [];
  const isStated = entry(action, 'timeout') !== undefined;
  const message = isStated
    ? 'an answer is cut after this time, also where it is still coming'
    : '`timeout` is missing, so that answers are cut after 15 seconds';
  return [{ at: valueSpot(action, 'timeout'), message }];
}
