import type { ValueReader } from '../../dialects/yaml/reader';
import { quote } from '../../dialects/yaml/source-text';
import type { Located } from '../../dialects/yaml/source-text';

/** Words for a whole list, and for an empty one, which is never written as such (L4). */
const ALL_OR_NONE = ['all', 'none'] as const;

/** Reads what of the known words is allowed: `all`, `none`, or a list of them. */
export function readAllowed<W extends string>(
  value: ValueReader,
  known: readonly W[],
): readonly W[] | undefined {
  if (value.kind !== 'list') {
    const word = value.choice(ALL_OR_NONE)?.value;
    return word === undefined ? undefined : word === 'all' ? known : [];
  }
  const emptyHelp = `name at least one, or write ${quote('none')}`;
  const items = value.list({ emptyHelp });
  if (items === undefined) return undefined;
  const seen = new Map<W, Located<W>>();
  for (const item of items) {
    const word = item.choice(known);
    if (word === undefined) continue;
    const first = seen.get(word.value);
    if (first === undefined) seen.set(word.value, word);
    else {
      value.report.error('duplicate_item', word, `${quote(word.value)} stands twice`, {
        help: 'remove one of them',
        related: { at: first, message: 'the first stands here' },
      });
    }
  }
  return [...seen.keys()];
}
