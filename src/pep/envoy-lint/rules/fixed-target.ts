import type { EnvoyModel } from '../model/envoy-model';
import { overrideBalancers } from '../model/specifiers';
import { quote } from '../quote';
import type { Rule } from '../rule';

/** Ambit judges targets, so a request that is allowed at one of them must not go to another one. */
export const fixedTarget: Rule = {
  code: 'fixed_target',
  severity: 'error',
  meaning: 'a route leads to a provider whatever targets Ambit has named',
  remedy:
    'let the route walk Ambit’s list, by `inline_cluster_specifier_plugin` or the cluster `targets`, as `ambit envoy config` writes it',
  check: (model) =>
    model.asking.flatMap(({ routes }) =>
      routes
        .flatMap(({ destinations }) => destinations)
        .flatMap((each) => (each.kind === 'cluster' ? [each] : []))
        .filter(({ name }) => model.leadingClusters.has(name) && !followsList(model, name))
        .map(({ name, at }) => ({
          at,
          message: `requests go to ${quote(name)}, also those for which Ambit names other targets only`,
        })),
    ),
};

function followsList({ clusters }: EnvoyModel, name: string): boolean {
  const cluster = clusters.get(name);
  return cluster !== undefined && overrideBalancers(cluster.node).length > 0;
}
