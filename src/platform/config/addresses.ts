import type { ValueReader } from '../../dialects/yaml/reader';
import { quote, type Located } from '../../dialects/yaml/source-text';
import { parseAddress } from '../address';

/** Reads an address to listen on. */
export function readAddress(value: ValueReader | undefined): Located<string> | undefined {
  const text = value?.text();
  if (text === undefined || value === undefined) return undefined;
  if (parseAddress(text.value) !== undefined) return text;
  value.fail('invalid_text', `${value.name} is ${quote(text.value)}, which is no address`, {
    help: 'write `HOST:PORT`, `[IPV6]:PORT` or `unix:/PATH`',
  });
  return undefined;
}
