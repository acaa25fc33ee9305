import type { EnvoyModel } from '../model/envoy-model';
import { each, entry, field } from '../model/fields';
import type { Manager } from '../model/manager';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';

/** What another server tells Envoy can be anything. */
export const notSeen: Rule = {
  code: 'not_seen',
  severity: 'warning',
  meaning: 'a part of the configuration comes from elsewhere, and was not checked',
  remedy: 'name its files beside this one, or check it where it is made',
  check: (model) => [
    ...(model.roots.length > 1 ? [] : dynamicHits(model)),
    ...model.managers.flatMap(managerHits),
    ...[...model.clusters.values()]
      .filter(({ isOpen, custom }) => isOpen && custom === undefined)
      .map(({ node, name }) => ({
        at: field(node, 'type') ?? field(node, 'name') ?? node,
        message: `where ${quote(name)} connects to is told by another server or by the request, and not seen here`,
      })),
  ],
};

function dynamicHits({ roots }: EnvoyModel): readonly Hit[] {
  return roots.flatMap((root) =>
    ['lds_config', 'cds_config', 'ads_config'].flatMap((name) => {
      const found = entry(field(root, 'dynamic_resources'), name);
      const what =
        name === 'lds_config' ? 'listeners' : name === 'cds_config' ? 'clusters' : 'resources';
      return found === undefined
        ? []
        : [
            {
              at: found.key,
              message: `${what} that another server or file tells are not seen here`,
            },
          ];
    }),
  );
}

function managerHits({ node, filters, routeTable, hosts }: Manager): readonly Hit[] {
  const routes =
    routeTable === undefined
      ? (entry(node, 'rds') ?? entry(node, 'scoped_routes'))
      : entry(routeTable, 'vhds');
  return [
    ...(routes === undefined
      ? []
      : [{ at: routes.key, message: 'routes that another server tells are not seen here' }]),
    ...filters.flatMap((filter) => {
      const found = entry(filter.node, 'config_discovery');
      return found === undefined
        ? []
        : [
            {
              at: found.key,
              message: `what the filter ${quote(filter.name)} does is told by another server, and not seen here`,
            },
          ];
    }),
    ...hosts
      .flatMap(({ node: host }) => each(host, 'routes'))
      .flatMap((route) => {
        const plugin = entry(field(route, 'route'), 'cluster_specifier_plugin');
        return plugin === undefined || isListed(routeTable)
          ? []
          : [{ at: plugin.key, message: 'this extension is not seen here' }];
      }),
  ];
}

function isListed(routeTable: Manager['routeTable']): boolean {
  return each(routeTable, 'cluster_specifier_plugins').length > 0;
}
