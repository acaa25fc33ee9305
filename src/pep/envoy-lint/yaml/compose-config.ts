import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type {
  ConfigEntry,
  ConfigMap,
  ConfigNode,
  ConfigScalar,
  ReadFault,
  Spot,
} from './config-node';
import type { SourcePlaces } from './source-places';
import { camelCase } from './spelling';

/** Envoy drops what stands under a key with this tag. Anchors in it count all the same. */
const DROPPED = '!ignore';

/**
 * Turns the library's nodes into ours. What an anchor names is made once and shared by all its aliases, so that this
 * takes as long as the file is, however much the aliases repeat; the extent says how much that would be.
 */
export function composeConfig(
  contents: unknown,
  places: SourcePlaces,
): { readonly root: ConfigNode; readonly faults: readonly ReadFault[] } {
  const composer = new ConfigComposer(places);
  const root = composer.node(contents, places.spot(0, 1));
  return { root, faults: composer.faults };
}

class ConfigComposer {
  readonly faults: ReadFault[] = [];
  readonly #places: SourcePlaces;
  readonly #anchors = new Map<string, ConfigNode>();

  constructor(places: SourcePlaces) {
    this.#places = places;
  }

  node(node: unknown, fallback: Spot): ConfigNode {
    if (isAlias(node)) return this.#alias(node.source, this.#spotOf(node));
    const composed = this.#compose(node, fallback);
    const isNamed = (isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined;
    if (isNamed) this.#anchors.set(node.anchor ?? '', composed);
    return composed;
  }

  #compose(node: unknown, fallback: Spot): ConfigNode {
    if (isMap(node)) return this.#map(node);
    if (isSeq(node)) return this.#list(node);
    return isScalar(node) ? this.#scalar(node, fallback) : nothingAt(fallback);
  }

  #alias(name: string, at: Spot): ConfigNode {
    const node = this.#anchors.get(name);
    if (node !== undefined) return node;
    this.#fault(
      'unreadable_configuration',
      at,
      'this alias stands for nothing that is written before it',
    );
    return nothingAt(at);
  }

  #list(node: YAMLSeq): ConfigNode {
    const at = this.#spotOf(node);
    const items = node.items.map((item) => this.node(item, at));
    return { kind: 'list', items, ...at, ...extentOf(items) };
  }

  #map(node: YAMLMap): ConfigMap {
    const entries = new Map<string, ConfigEntry>();
    const spellings = new Map<string, string>();
    for (const pair of node.items) this.#addEntry(entries, spellings, pair);
    const at = this.#spotOf(node);
    const [first] = entries.values();
    const start = first?.key.position;
    const isAtKey = start?.line === at.position.line && start.column === at.position.column;
    const endColumn = isAtKey && first !== undefined ? first.key.endColumn : at.position.column + 1;
    const spot = { position: at.position, endColumn };
    const values = [...entries.values()].map(({ value }) => value);
    return { kind: 'map', entries, ...spot, ...extentOf(values) };
  }

  #addEntry(
    entries: Map<string, ConfigEntry>,
    spellings: Map<string, string>,
    { key, value }: Pair,
  ): void {
    const at = this.#spotOf(key);
    const name = isScalar(key) ? String(key.value) : undefined;
    const composed = this.node(value, at);
    if (isScalar(key) && key.tag === DROPPED) return;
    if (name === undefined || name === '<<') {
      const message = name === undefined ? 'a key must be text' : 'Envoy takes no merge keys';
      this.#fault('unreadable_configuration', at, message);
    } else if (spellings.has(camelCase(name))) {
      const twice = spellings.get(camelCase(name)) === name ? 'twice' : 'twice, in two spellings';
      const message = `this key stands ${twice}, and readers differ in which of the two counts`;
      this.#fault('repeated_key', at, message);
    } else {
      spellings.set(camelCase(name), name);
      entries.set(name, { key: at, value: composed });
    }
  }

  #scalar(node: Scalar, fallback: Spot): ConfigScalar {
    const quoted = node.type !== 'PLAIN';
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    const at = text === '' && !quoted ? fallback : this.#spotOf(node);
    return { kind: 'scalar', text, quoted, ...at, size: 1, depth: 1 };
  }

  #fault(code: ReadFault['code'], at: Spot, message: string): void {
    this.faults.push({ code, at, message });
  }

  #spotOf(node: unknown): Spot {
    const isNode = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
    const [start, end] = (isNode ? node.range : undefined) ?? [0, 1];
    return this.#places.spot(start, end);
  }
}

function nothingAt(at: Spot): ConfigScalar {
  return { kind: 'scalar', text: '', quoted: false, ...at, size: 1, depth: 1 };
}

function extentOf(values: readonly ConfigNode[]): {
  readonly size: number;
  readonly depth: number;
} {
  return {
    size: values.reduce((sum, { size }) => sum + size, 1),
    depth: values.reduce((most, { depth }) => Math.max(most, depth), 0) + 1,
  };
}
