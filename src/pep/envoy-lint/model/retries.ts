import type { ConfigNode } from '../yaml/config-node';
import type { EnvoyModel } from './envoy-model';
import { field } from './fields';
import { leadingRoutes } from './levels';
import type { Route } from './routes';

/** A route to a provider, with the retries that hold for it: its own, or else those of its virtual host. */
export interface RetriedRoute {
  readonly route: Route;
  readonly action: ConfigNode;
  readonly retries?: ConfigNode;
}

/** The routes by which requests begin their way to providers. */
export function retriedRoutes({ asking, leadingClusters }: EnvoyModel): readonly RetriedRoute[] {
  return asking
    .flatMap((manager) => leadingRoutes(manager, leadingClusters))
    .flatMap((route) => {
      if (route.action === undefined) return [];
      const retries = field(route.action, 'retry_policy') ?? field(route.host.node, 'retry_policy');
      const found = { route, action: route.action };
      return [retries === undefined ? found : { ...found, retries }];
    });
}
