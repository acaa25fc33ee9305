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
 * a rule into a name.
 */
export function readFreeEntries(map: MapReader, taken: readonly string[]): readonly FreeEntry[] {
  return map.entries().filter(({ key }) => {
    if (!map.isValidKey(key, FREE_KEY)) return false;
    if (!taken.includes(key.value)) return true;
    const message = `${quote(key.value)} means something beside \`${map.path}\`, and nothing in it`;
    map.report.error('misplaced_key', key, message, {
      help: 'indent it less, or choose another name',
    });
    return false;
  });
}
