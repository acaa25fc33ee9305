import type { ConfigNode } from '../yaml/config-node';
import { each, entries, entry, field } from './fields';

/** True if a layer of the runtime has another value for this key, or could be told one by a file or another server. */
export function isSetAtRuntime(roots: readonly ConfigNode[], key: string | undefined): boolean {
  if (key === undefined) return false;
  const layers = roots.flatMap((root) => each(root, 'layered_runtime', 'layers'));
  return layers.some(
    (layer) =>
      entry(layer, 'rtds_layer') !== undefined ||
      entry(layer, 'disk_layer') !== undefined ||
      sets(field(layer, 'static_layer'), key),
  );
}

/** Keys are written whole, `a.b`, or nested by their dots. */
function sets(layer: ConfigNode | undefined, key: string): boolean {
  return entries(layer).some(
    ([name, { value }]) =>
      name === key || (key.startsWith(`${name}.`) && sets(value, key.slice(name.length + 1))),
  );
}
