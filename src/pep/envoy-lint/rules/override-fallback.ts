import type { EnvoyModel } from '../model/envoy-model';
import { each, entries, entry, field, isTrue, text } from '../model/fields';
import { balancersOf, overrideBalancers } from '../model/specifiers';
import type { Typed } from '../model/typed';
import { TYPES } from '../model/types';
import { nodesIn } from '../model/walk';
import type { Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

const NO_FALLBACK = [undefined, 'NO_FALLBACK', '0'];
const NO_FALLBACK_OF_SELECTOR = [undefined, 'NOT_DEFINED', '0', 'NO_FALLBACK', '1'];

/** What gets the requests without a list, and those whose list is used up. */
export const overrideFallback: Rule = {
  code: 'override_fallback',
  severity: 'error',
  meaning: 'where Ambit’s list is missing or used up, a load balancer chooses a target by itself',
  remedy:
    'let `fallback_policy` be `subset` with `NO_FALLBACK` and a selector on a key that no endpoint has',
  check: (model) =>
    overridesOf(model)
      .filter(({ cluster, body }) => !choosesNothing(body) || hasMembers(cluster, body))
      .map(({ body }) => ({
        at: entry(body, 'fallback_policy')?.key ?? body,
        message:
          'once the eligible targets have failed, or without a list, this sends the request to any of the endpoints',
      })),
};

function overridesOf({
  leadingClusters,
  clusters,
}: EnvoyModel): readonly (Typed & { readonly cluster: ConfigNode })[] {
  return [...clusters.values()]
    .filter(({ name }) => leadingClusters.has(name))
    .flatMap(({ node }) => overrideBalancers(node).map((each) => ({ ...each, cluster: node })));
}

/** True if endpoints have a key of a subset, so that a request that names its value chooses among them. */
function hasMembers(cluster: ConfigNode, body: ConfigNode): boolean {
  const keys = nodesIn(field(body, 'fallback_policy'))
    .flatMap((node) => each(node, 'subset_selectors'))
    .map((selector) => each(selector, 'keys').map((key) => text(key) ?? ''));
  const known = nodesIn(field(cluster, 'load_assignment')).flatMap((node) =>
    entries(field(node, 'filter_metadata', 'envoy.lb')).map(([name]) => name),
  );
  return keys.some((each) => each.every((key) => known.includes(key)));
}

function choosesNothing(body: Typed['body']): boolean {
  const fallbacks = balancersOf(field(body, 'fallback_policy'));
  return fallbacks.length > 0 && fallbacks.every(isEmptySubset);
}

// Without a selector, subsets are off and the balancer chooses among all.
function isEmptySubset({ type, body }: Typed): boolean {
  const selectors = each(body, 'subset_selectors');
  return (
    type === TYPES.subset &&
    NO_FALLBACK.includes(text(body, 'fallback_policy')) &&
    selectors.length > 0 &&
    selectors.every((one) => NO_FALLBACK_OF_SELECTOR.includes(text(one, 'fallback_policy'))) &&
    !isTrue(body, 'panic_mode_any') &&
    !isTrue(body, 'allow_redundant_keys')
  );
}
