import type { ConfigNode } from '../yaml/config-node';
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
