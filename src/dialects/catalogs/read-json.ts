import type { SourceFile } from '../../ports/policy-dialect';
import { rejectDuplicateKey } from '../yaml/compose-tree';
import { readYaml, type YamlFile } from '../yaml/read-yaml';
import { ValueReader } from '../yaml/reader';
import { Report } from '../yaml/report';
import { SourceText, type Located, type Span } from '../yaml/source-text';
import { checkText } from '../yaml/text-checks';
import type { MapEntry, MapNode, ScalarNode, YamlNode } from '../yaml/tree';
import { checkJsonLimits, JsonTokens } from './json-tokens';

/** What is read of a file. */
type JsonFile = Pick<YamlFile, 'documents' | 'report'>;

/**
 * Reads a file of JSON as strictly as the reader of policies does, and within the same limits, but tens of times faster:
 * published lists have megabytes. What is no valid JSON goes to that reader, which finds what is wrong with it.
 */
export function readJson(file: SourceFile): JsonFile {
  if (!isJson(file.text)) return readYaml(file);
  const report = new Report(new SourceText(file));
  if (!checkText(report) || !checkJsonLimits(report)) return { report, documents: [] };
  const tokens = new JsonTokens(file.text);
  tokens.next();
  const node = readValue(tokens, report);
  return { report, documents: [new ValueReader({ node, report, path: '' })] };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Why it is none is found by the reader that the text goes to next.
    return false;
  }
}

/** Reads the value that the current word begins, and goes behind it. The depth was checked. */
function readValue(tokens: JsonTokens, report: Report): YamlNode {
  if (tokens.mark === '{') return readMap(tokens, report);
  if (tokens.mark === '[') return readList(tokens, report);
  const scalar = readScalar(tokens, report);
  tokens.next();
  return scalar;
}

function readList(tokens: JsonTokens, report: Report): YamlNode {
  const at = report.source.span(tokens.start, tokens.end);
  const items: YamlNode[] = [];
  tokens.next();
  while (tokens.mark !== ']') {
    items.push(readValue(tokens, report));
    if (tokens.mark === ',') tokens.next();
  }
  tokens.next();
  return { kind: 'list', items, ...at };
}

function readMap(tokens: JsonTokens, report: Report): MapNode {
  const at = report.source.span(tokens.start, tokens.end);
  const entries = new Map<string, MapEntry>();
  tokens.next();
  while (tokens.mark !== '}') {
    const entry = readEntry(tokens, report);
    const first = entries.get(entry.key.value);
    if (first === undefined) entries.set(entry.key.value, entry);
    else rejectDuplicateKey(report, entry.key, first.key);
    if (tokens.mark === ',') tokens.next();
  }
  tokens.next();
  return { kind: 'map', entries, ...at };
}

/** A key, its colon and its value. */
function readEntry(tokens: JsonTokens, report: Report): MapEntry {
  const key: Located<string> = { value: stringAt(tokens), ...spanOf(tokens, report) };
  tokens.next();
  tokens.next();
  return { key, value: readValue(tokens, report) };
}

function readScalar(tokens: JsonTokens, report: Report): ScalarNode {
  const at = spanOf(tokens, report);
  const source = tokens.text.slice(tokens.start, tokens.end);
  if (tokens.mark === '"') {
    const value = stringAt(tokens);
    return {
      kind: 'scalar',
      value,
      source: source.slice(1, -1),
      quoted: true,
      rejected: false,
      ...at,
    };
  }
  const value = WORDS.has(source) ? (WORDS.get(source) ?? null) : Number(source);
  return { kind: 'scalar', value, source, quoted: false, rejected: false, ...at };
}

/** Values that JSON writes as words. */
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function spanOf({ start, end }: JsonTokens, report: Report): Span {
  return report.source.span(start, end);
}

/** The text of a string, with its escapes resolved. */
function stringAt({ text, start, end }: JsonTokens): string {
  const source = text.slice(start + 1, end - 1);
  return source.includes('\\') ? String(JSON.parse(`"${source}"`)) : source;
}
