import { proxiedClusters } from '../model/reach';
import { TYPES } from '../model/types';
import type { Rule } from '../rule';

/** A check of nothing must never look clean. */
export const nothingJudged: Rule = {
  code: 'nothing_judged',
  severity: 'error',
  meaning: 'nothing in the file leads to a provider, so that there was nothing to check',
  remedy: 'name the file that holds the listeners and clusters',
  check: ({ roots, asking, unasking, networkFilters, leadingClusters }) => {
    const [root] = roots;
    const isEmpty = asking.length + unasking.length === 0;
    const isPassed = networkFilters.some(
      ({ type, body }) =>
        type === TYPES.tcpProxy && proxiedClusters(body).some((name) => leadingClusters.has(name)),
    );
    if (root === undefined || !isEmpty || isPassed) return [];
    return [
      { at: root, message: 'no listener of this file leads to a provider, so nothing was checked' },
    ];
  },
};
