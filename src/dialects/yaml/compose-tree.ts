import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Report } from './report';
import { quote, type Located, type Span } from './source-text';
import type { ListNode, MapEntry, MapNode, ScalarNode, YamlNode } from './tree';

/**
 * Turns the library's nodes into ours and reports merge keys, keys that are no text and duplicate keys. Depth,
 * anchors, aliases and tags were checked on the tokens. `fallback` marks values that have no word of their own.
 */
export function composeTree(report: Report, node: unknown, fallback: Span): YamlNode {
  if (isMap(node)) return composeMap(report, node);
  if (isSeq(node)) return composeList(report, node);
  if (isScalar(node)) return composeScalar(report, node, fallback);
  const rejected = isAlias(node);
  return { kind: 'scalar', value: null, source: '', quoted: false, rejected, ...fallback };
}

function composeList(report: Report, node: YAMLSeq): ListNode {
  const at = spanOf(report, node);
  const items = node.items.map((item) => composeTree(report, item, at));
  return { kind: 'list', items, ...at };
}

function composeMap(report: Report, node: YAMLMap): MapNode {
  const entries = new Map<string, MapEntry>();
  for (const pair of node.items) {
    const entry = composeEntry(report, pair);
    if (entry === undefined) continue;
    const first = entries.get(entry.key.value);
    if (first === undefined) entries.set(entry.key.value, entry);
    else rejectDuplicateKey(report, entry.key, first.key);
  }
  return { kind: 'map', entries, ...firstWord(spanOf(report, node), entries) };
}

/** A mapping is marked by its first key, or by its bracket. */
function firstWord(at: Span, entries: ReadonlyMap<string, MapEntry>): Span {
  const [first] = entries.values();
  const isSamePlace =
    first?.key.position.line === at.position.line &&
    first.key.position.column === at.position.column;
  const endColumn = isSamePlace ? first.key.endColumn : at.position.column + 1;
  return { position: at.position, endColumn };
}

function composeEntry(report: Report, pair: Pair): MapEntry | undefined {
  const { key } = pair;
  if (!isScalar(key)) {
    const help = { help: 'write `key: value`' };
    if (!isAlias(key)) report.error('complex_key', spanOf(report, key), 'a key must be text', help);
    return undefined;
  }
  const located = { value: keyText(key), ...spanOf(report, key) };
  if (located.value === '<<') {
    rejectMergeKey(report, located);
    return undefined;
  }
  return { key: located, value: composeTree(report, pair.value, spanOf(report, key)) };
}

function keyText(key: Scalar): string {
  return typeof key.value === 'string' ? key.value : (key.source ?? '');
}

function rejectMergeKey(report: Report, key: Located<string>): void {
  report.error('anchor', key, 'merge keys are not allowed', {
    help: 'write the keys themselves wherever they are needed',
  });
}

/** Reports that a mapping has a key twice: which of the two counts differs by reader, so neither does. */
export function rejectDuplicateKey(
  report: Report,
  second: Located<string>,
  first: Located<string>,
): void {
  const { line, column } = first.position;
  const place = `${String(line)}:${String(column)}`;
  const message = `the key ${quote(second.value)} stands twice, first at ${place}`;
  report.error('duplicate_key', second, message, {
    help: 'remove one of the two',
    related: { at: first, message: 'the first stands here' },
  });
}

function composeScalar(report: Report, node: Scalar, fallback: Span): ScalarNode {
  const source = node.source ?? '';
  const rejected = node.tag !== undefined;
  const value = rejected ? null : scalarValue(node.value);
  const quoted = node.type !== 'PLAIN';
  const at = source === '' && !quoted ? fallback : spanOf(report, node);
  return { kind: 'scalar', value, source, quoted, rejected, ...at };
}

function scalarValue(value: unknown): string | number | boolean | null {
  const isKnown =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isKnown ? value : null;
}

function spanOf(report: Report, node: unknown): Span {
  const range = isScalar(node) || isMap(node) || isSeq(node) ? node.range : null;
  const [start = 0, end = 1] = range ?? [];
  return report.source.span(start, end);
}
