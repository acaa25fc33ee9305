import type { ConfigEntry, ConfigNode, Spot } from '../yaml/config-node';
import { camelCase } from '../yaml/spelling';

/** The value of a field, through several messages. Envoy takes both spellings of its names: `a_b` and `aB`. */
export function field(
  node: ConfigNode | undefined,
  ...names: readonly string[]
): ConfigNode | undefined {
  return names.reduce<ConfigNode | undefined>((at, name) => entry(at, name)?.value, node);
}

/** A field with its key; absent also where the value is `null`, which Envoy reads as nothing. */
export function entry(node: ConfigNode | undefined, name: string): ConfigEntry | undefined {
  if (node?.kind !== 'map') return undefined;
  const found = node.entries.get(name) ?? node.entries.get(camelCase(name));
  return found === undefined || isNull(found.value) ? undefined : found;
}

/** The items of a list; none where there is no list. */
export function items(node: ConfigNode | undefined): readonly ConfigNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The items of a field that is a list. */
export function each(
  node: ConfigNode | undefined,
  ...names: readonly string[]
): readonly ConfigNode[] {
  return items(field(node, ...names));
}

/** The entries of a mapping whose keys users choose. */
export function entries(node: ConfigNode | undefined): readonly (readonly [string, ConfigEntry])[] {
  return node?.kind === 'map' ? [...node.entries] : [];
}

/** The text of a scalar field; absent where there is none. */
export function text(
  node: ConfigNode | undefined,
  ...names: readonly string[]
): string | undefined {
  const found = field(node, ...names);
  return found?.kind === 'scalar' && !isNull(found) ? found.text : undefined;
}

/** True for what Envoy reads as true: also `yes`, `on` and `y`. */
export function isTrue(node: ConfigNode | undefined, ...names: readonly string[]): boolean {
  return /^(?:true|yes|on|y)$/iu.test(text(node, ...names) ?? '');
}

/** A whole number; absent where there is none. */
export function number(
  node: ConfigNode | undefined,
  ...names: readonly string[]
): number | undefined {
  const found = text(node, ...names);
  return found === undefined || found === '' || !Number.isFinite(Number(found))
    ? undefined
    : Number(found);
}

/** A duration such as `1.5s` in milliseconds; absent where there is none. */
export function durationMs(
  node: ConfigNode | undefined,
  ...names: readonly string[]
): number | undefined {
  const seconds = /^(\d+(?:\.\d+)?)s$/u.exec(text(node, ...names) ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** Where the key of a field stands, or else what lacks it. */
export function keySpot(node: ConfigNode, name: string): Spot {
  return entry(node, name)?.key ?? node;
}

/** Where the value of a field stands, or else what lacks it. */
export function valueSpot(node: ConfigNode, ...names: readonly string[]): Spot {
  return field(node, ...names) ?? node;
}

function isNull(node: ConfigNode): boolean {
  return node.kind === 'scalar' && !node.quoted && /^(?:null|~|)$/iu.test(node.text);
}
