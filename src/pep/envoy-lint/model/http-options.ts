import type { ConfigNode } from '../yaml/config-node';
import type { EnvoyModel } from './envoy-model';
import { field } from './fields';
import { typedOf } from './typed';

/** How a cluster speaks HTTP; absent where it says nothing of it. */
export function httpOptionsOf(cluster: ConfigNode): ConfigNode | undefined {
  const options = field(
    cluster,
    'typed_extension_protocol_options',
    'envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
  );
  return typedOf(options)?.body;
}

/** The same of all clusters that lead to a provider, whatever route leads to them. */
export function leadingHttpOptions({
  clusters,
  leadingClusters,
}: Pick<EnvoyModel, 'clusters' | 'leadingClusters'>): readonly ConfigNode[] {
  return [...clusters.values()]
    .filter(({ name }) => leadingClusters.has(name))
    .flatMap(({ node }) => httpOptionsOf(node) ?? []);
}
