import type { MapReader, ValueReader } from '../yaml/reader';
import { quote, type Located } from '../yaml/source-text';
import { FREE_KEY } from './names';

/** An entry of a mapping whose keys users choose. */
export interface FreeEntry {
  readonly key: Located<string>;
  readonly value: ValueReader;
}

/**
 * The entries of a mapping whose keys users choose, without those whose key was reported. `taken` are the keys that
 * mean something beside the mapping: among its own they are there by a slip of the indentation, which would turn
 * a rule into a name. `helps` has the way out of those that would be wrong beside the mapping as well.
 */
export function readFreeEntries(
  map: MapReader,
  taken: readonly string[],
  helps: ReadonlyMap<string, string> = new Map(),
): readonly FreeEntry[] {
  return map.entries().filter(({ key }) => {
    if (!map.isValidKey(key, FREE_KEY)) return false;
    if (!taken.includes(key.value)) return true;
    const help = helps.get(key.value);
    const where = help === undefined ? 'beside it' : 'elsewhere';
    const message = `${quote(key.value)} means nothing in \`${map.path}\`, but something ${where}`;
    map.report.error('misplaced_key', key, message, {
      help: help ?? 'indent it less, or choose another name',
    });
    return false;
  });
}
