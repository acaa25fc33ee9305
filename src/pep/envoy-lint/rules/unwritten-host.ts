import { field, isTrue, text } from '../model/fields';
import { httpOptionsOf } from '../model/http-options';
import { leadingRoutes } from '../model/levels';
import { quote } from '../quote';
import type { EnvoyModel } from '../model/envoy-model';
import type { Route } from '../model/routes';
import type { Hit, Rule } from '../rule';

/** Many accounts, regions and services stand behind one address, and the host says which of them is meant. */
export const unwrittenHost: Rule = {
  code: 'unwritten_host',
  severity: 'error',
  meaning: 'a provider is sent the host that the client wrote, or asked for a name of the client’s',
  remedy: 'write `host_rewrite_literal` with the host of the target in each route, and `sni`',
  check: (model) => [...hostHits(model), ...nameHits(model)],
};

function hostHits({ hops, leadingClusters, remotes }: EnvoyModel): readonly Hit[] {
  const away = new Set(remotes.map(({ name }) => name));
  return hops
    .flatMap((hop) => leadingRoutes(hop, leadingClusters))
    .filter(({ destinations }) =>
      destinations.some((each) => each.kind === 'cluster' && away.has(each.name)),
    )
    .filter((route) => !isWritten(route))
    .map(({ node, action }) => ({
      at:
        field(action, 'host_rewrite_header') ??
        field(action, 'host_rewrite_path_regex') ??
        field(action, 'cluster') ??
        node,
      message: `the client’s own host goes to ${quote(text(action, 'cluster') ?? '')}, where it can choose another account, region or service`,
    }));
}

function isWritten({ action }: Route): boolean {
  return text(action, 'host_rewrite_literal') !== undefined || isTrue(action, 'auto_host_rewrite');
}

function nameHits({ remotes }: EnvoyModel): readonly Hit[] {
  return remotes.flatMap(({ node, name }) => {
    const at = field(
      httpOptionsOf(node),
      'upstream_http_protocol_options',
      'override_auto_sni_header',
    );
    const message = `this header says which name ${quote(name)} is asked for, and clients write headers`;
    return at === undefined || text(at) === '' ? [] : [{ at, message }];
  });
}
