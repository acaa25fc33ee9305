import { Composer, Lexer, Parser, type CST, type Document } from 'yaml';
import type { SourceFile } from '../../../ports/policy-dialect';
import { composeConfig } from './compose-config';
import type { ConfigNode, ReadFault } from './config-node';
import { MAX_CONFIG_CHARS, MAX_CONFIG_DEPTH, MAX_CONFIG_TOKENS, MAX_CONFIG_VALUES } from './limits';
import { SourcePlaces } from './source-places';

/** The one value of a file, absent where nothing of it can be judged, and what is wrong with how it is written. */
export interface ReadConfig {
  readonly root?: ConfigNode;
  readonly faults: readonly ReadFault[];
}

/** Envoy reads numbers, truth values and keys by itself, so that all scalars stay the texts that they are. */
const OPTIONS = {
  schema: 'failsafe',
  version: '1.2',
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** Reads YAML or JSON, with anchors and aliases. Total: whatever the text, the result is a value or a fault. */
export function readConfig(file: SourceFile): ReadConfig {
  const places = new SourcePlaces(file);
  const refuse = (message: string, start = 0, end = start + 1): ReadConfig => ({
    faults: [{ code: 'unreadable_configuration', at: places.spot(start, end), message }],
  });
  if (file.text.length > MAX_CONFIG_CHARS)
    return refuse('the file is larger than any configuration');
  const tokens = tokensOf(file.text);
  if (tokens === undefined) return refuse('the file has more words and marks than are read');
  const deep = firstTooDeep(tokens);
  if (deep !== undefined) return refuse('values are nested too deep', deep.offset);
  const documents = [...new Composer(OPTIONS).compose(tokens, true, file.text.length)];
  const [document, second] = documents.filter(hasContent);
  const error = documents.flatMap(({ errors }) => errors)[0];
  if (error !== undefined)
    return refuse(`this is not valid YAML: ${wordsOf(error.code)}`, ...error.pos);
  if (document === undefined) return refuse('the file states nothing');
  if (second !== undefined) return refuse('the file holds several documents', second.range[0]);
  return compose(document, places, refuse);
}

function compose(
  document: Document.Parsed,
  places: SourcePlaces,
  refuse: (message: string) => ReadConfig,
): ReadConfig {
  const { root, faults } = composeConfig(document.contents, places);
  if (root.depth > MAX_CONFIG_DEPTH) return refuse('values are nested too deep, by way of aliases');
  if (root.size > MAX_CONFIG_VALUES)
    return refuse('aliases repeat more than any configuration does');
  return faults.some(({ code }) => code === 'unreadable_configuration')
    ? { faults }
    : { root, faults };
}

function hasContent({ contents }: Document.Parsed): boolean {
  return contents !== null && contents.toString() !== '';
}

// The library's messages repeat what stands in the file, which may be a key.
function wordsOf(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}

function tokensOf(text: string): readonly CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  for (const word of new Lexer().lex(text)) {
    count += 1;
    if (count > MAX_CONFIG_TOKENS) return undefined;
    tokens.push(...parser.next(word));
  }
  tokens.push(...parser.end());
  return tokens;
}

/** The first token that is nested too deep, found without recursion: composing recurses, and would exhaust the stack. */
function firstTooDeep(tokens: readonly CST.Token[]): CST.Token | undefined {
  const pending = tokens.map((token) => ({ token, depth: 0 }));
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    if (visit.depth > MAX_CONFIG_DEPTH) return visit.token;
    const depth = visit.depth + 1;
    for (const token of childrenOf(visit.token)) pending.push({ token, depth });
  }
  return undefined;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items
    .flatMap((item) => [item.key, item.value])
    .filter((child) => child !== null && child !== undefined);
}
