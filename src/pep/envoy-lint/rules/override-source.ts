import type { EnvoyModel } from '../model/envoy-model';
import { each, entry, field, text, valueSpot } from '../model/fields';
import { earlyRemovals, removesHeader } from '../model/early-removal';
import { overrideBalancers } from '../model/specifiers';
import { DECISION_NAMESPACE } from '../model/types';
import type { Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

/** Whoever writes the source chooses the target. */
export const overrideSource: Rule = {
  code: 'override_source',
  severity: 'error',
  meaning: 'a client can write what the target is taken from',
  remedy:
    'let the one source be `metadata: { key: envoy.filters.http.ext_authz, path: [{ key: hosts }] }`',
  check: (model) =>
    [...model.clusters.values()]
      .filter(({ name }) => model.leadingClusters.has(name))
      .flatMap(({ node }) => overrideBalancers(node))
      .flatMap(({ body }) => each(body, 'override_host_sources'))
      .filter((source) => isForeign(model, source))
      .map((source) => ({
        at: entry(source, 'header')?.value ?? valueSpot(source, 'metadata', 'key'),
        message: 'this is not the answer of Ambit: whoever writes it chooses the target',
      })),
};

function isForeign({ asking }: EnvoyModel, source: ConfigNode): boolean {
  const header = text(source, 'header');
  if (header === undefined) {
    const metadata = field(source, 'metadata');
    const path = each(metadata, 'path').map((segment) => text(segment, 'key'));
    return text(metadata, 'key') !== DECISION_NAMESPACE || path.join('.') !== 'hosts';
  }
  return !asking.every((manager) => removesHeader(earlyRemovals(manager), header));
}
