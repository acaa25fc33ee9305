import { readText, type TextRules } from './scalars';
import { quote, type Located } from './source-text';
import type { YamlNode } from './tree';
import { Value } from './value';

/** What a list may be. */
export interface ListRules {
  /** True: a list that is present and empty has a meaning that the dialect documents (L4). */
  readonly mayBeEmpty?: boolean;
  /** The way out of an empty list; absent: the usual one, which also proposes to remove the key. */
  readonly emptyHelp?: string;
}

/** What a list of texts may be. */
export interface TextListRules extends ListRules, TextRules {
  /** Folds texts that mean the same, so that both count as duplicates; absent: they are compared as written. */
  readonly fold?: (text: string) => string;
}

/** Reads the items of a list; see ValueReader.list. */
export function readList(reader: Value, rules: ListRules): readonly YamlNode[] | undefined {
  const { node } = reader;
  if (node.kind !== 'list') {
    rejectType(reader);
    return undefined;
  }
  if (node.items.length > 0 || rules.mayBeEmpty === true) return node.items;
  reader.fail('empty_list', `${reader.name} is an empty list`, {
    help:
      rules.emptyHelp ?? 'name at least one item, or remove the key: an absent list says nothing',
  });
  return undefined;
}

function rejectType(reader: Value): void {
  const { node } = reader;
  if (reader.kind !== 'text' || node.kind !== 'scalar') reader.failType('a list');
  else reader.failType('a list', { replacement: `[${writeItem(node.source, node.quoted)}]` });
}

/** A text as an item of a list in brackets, quoted where it holds a character that would end it. */
function writeItem(source: string, quoted: boolean): string {
  return quoted || /[\][{},#:&*!|>'"%@`?\s-]/u.test(source) ? JSON.stringify(source) : source;
}

/** Reads a list of texts; see ValueReader.texts. */
export function readTexts(
  reader: Value,
  rules: TextListRules,
): Located<readonly Located<string>[]> | undefined {
  const nodes = readList(reader, rules);
  if (nodes === undefined) return undefined;
  const { path, report } = reader;
  const texts = nodes.flatMap((node, index) => {
    const item = new Value({ node, report, path: `${path}[${String(index)}]` });
    return readText(item, rules) ?? [];
  });
  return {
    value: withoutDuplicates(reader, texts, rules),
    position: reader.span.position,
    endColumn: reader.span.endColumn,
  };
}

function withoutDuplicates(
  reader: Value,
  texts: readonly Located<string>[],
  rules: TextListRules,
): readonly Located<string>[] {
  const seen = new Map<string, Located<string>>();
  for (const text of texts) {
    const folded = rules.fold?.(text.value) ?? text.value;
    const first = seen.get(folded);
    if (first === undefined) seen.set(folded, text);
    else rejectDuplicate(reader, text, first);
  }
  return [...seen.values()];
}

function rejectDuplicate(reader: Value, second: Located<string>, first: Located<string>): void {
  const { line, column } = first.position;
  const place = `${String(line)}:${String(column)}`;
  const message = `${reader.name} names ${quote(second.value)} twice, first at ${place}`;
  reader.report.error('duplicate_item', second, message, {
    help: 'remove one of the two',
    related: { at: first, message: 'the first stands here' },
  });
}
