import type { ConfigEntry, ConfigNode } from '../yaml/config-node';

/**
 * All values within a value and itself, parents first. What aliases share comes once: it is the same at each place,
 * and stands at one.
 */
export function nodesIn(root: ConfigNode | undefined): readonly ConfigNode[] {
  const seen = new Set<ConfigNode>();
  const pending = root === undefined ? [] : [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    // One by one: a list can be longer than what a call takes.
    for (const child of childrenOf(node).toReversed()) pending.push(child);
  }
  return [...seen];
}

/** All keys with their values within a value. */
export function entriesIn(
  root: ConfigNode | undefined,
): readonly { readonly name: string; readonly entry: ConfigEntry; readonly holder: ConfigNode }[] {
  return nodesIn(root).flatMap((holder) =>
    holder.kind === 'map'
      ? Array.from(holder.entries, ([name, entry]) => ({ name, entry, holder }))
      : [],
  );
}

function childrenOf(node: ConfigNode): readonly ConfigNode[] {
  switch (node.kind) {
    case 'scalar':
      return [];
    case 'list':
      return node.items;
    case 'map':
      return Array.from(node.entries.values(), ({ value }) => value);
  }
}
