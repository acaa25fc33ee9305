import type { Located, Span } from './source-text';

/** A value of a file, free of everything that strict reading rejects. */
export type YamlNode = ScalarNode | ListNode | MapNode;

/** Text, number, truth value or nothing. */
export interface ScalarNode extends Span {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** The value as the file writes it, without quotes. */
  readonly source: string;
  readonly quoted: boolean;
  /** True for an alias or a tagged value: it was reported, reads as nothing, and is not reported again. */
  readonly rejected: boolean;
}

/** A list in file order. */
export interface ListNode extends Span {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
}

/** A mapping in file order; of a key that stands twice only the first is here. */
export interface MapNode extends Span {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
}

/** One key with its value. */
export interface MapEntry {
  readonly key: Located<string>;
  readonly value: YamlNode;
}

/** What a value is, in the words of messages. */
export function describeNode(node: YamlNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a mapping';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'number') return 'a number';
  return typeof node.value === 'boolean' ? 'true or false' : 'text';
}
