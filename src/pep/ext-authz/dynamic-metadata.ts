import type { Decision } from '../../core/model/decision';
import type { BlockCode } from '../../core/model/reason';
import type { Answer } from '../../ports/answer';
import { DEAD_END, internalAddressOf } from '../shared/envoy-names';
import { unmetOf } from '../shared/unmet';
import type { Unmet } from '../shared/unmet';

/** What Envoy's filters, routes and logs can read of a decision. Keys are those of deploy/envoy. */
export type DynamicMetadata = Readonly<Record<string, unknown>>;

/** Targets that an answer names: more than any proxy tries for one request. */
const MAX_CLUSTERS = 64;

/**
 * The clusters of the eligible targets, in order. A target of the catalog is known to Envoy by its id. One that only
 * its provider makes known has none: its name would be the client's own words.
 */
export function clustersOf({ eligible }: Decision): readonly string[] {
  const named = eligible.map(({ target }) => target).filter((target) => target !== '');
  return [...new Set(named)].slice(0, MAX_CLUSTERS);
}

/** The metadata of a request that may go to these clusters. */
export function allowMetadata(answer: Answer, clusters: readonly string[]): DynamicMetadata {
  const groups = clusters.map((name) => ({
    name,
    clusters: [{ cluster_name: name, weight: 1 }],
  }));
  return {
    decision: 'allow',
    ...commonMetadata(answer),
    ...(answer.decision.outcome === 'warn' ? { unmet: unmetAmong(clusters, answer) } : {}),
    eligible: clusters,
    priority_groups: [...groups, { name: DEAD_END }],
    hosts: clusters.map(internalAddressOf).join(','),
  };
}

/** What is not met, of those targets that Envoy is told of. */
function unmetAmong(clusters: readonly string[], { decision }: Answer): Unmet {
  const named = decision.eligible.filter(({ target }) => clusters.includes(target));
  return unmetOf(named, ({ target }) => target);
}

/** The code of a denial where what may be used has no name that Envoy knows. */
export const NOTHING_NAMED: BlockCode = 'unknown_target';

/** The metadata of a request that goes nowhere; nothing in it names a target. */
export function denyMetadata(answer: Answer): DynamicMetadata {
  return {
    decision: 'deny',
    ...commonMetadata(answer),
    // An answer that allows, but names nothing that Envoy has, is still a denial here.
    outcome: 'BLOCK',
    code: answer.decision.block?.code ?? NOTHING_NAMED,
    eligible: [],
  };
}

/** The metadata of a list of models: nothing goes on, and nothing is blocked either. */
export function listMetadata(answer: Answer): DynamicMetadata {
  return { decision: 'deny', ...commonMetadata(answer), outcome: 'LIST', eligible: [] };
}

function commonMetadata({ decision, decisionId, bundle }: Answer): DynamicMetadata {
  return {
    outcome: decision.outcome.toUpperCase(),
    decision_id: decisionId,
    bundle: bundle?.digest ?? '',
  };
}
