import { Composer, isCollection, isScalar, Lexer, Parser, visit } from 'yaml';
import type { CST, Document, YAMLError } from 'yaml';
import {
  MAX_DOCUMENTS,
  MAX_FINDINGS,
  MAX_REPAIR_CHARS,
  MAX_REPAIR_ROUNDS,
  MAX_TOKENS,
  MAX_WORDS,
} from './limits';
import type { Report } from './report';
import { quote } from './source-text';
import { standsBetweenItems, wordSyntaxError } from './syntax-messages';
import { checkTokens } from './token-checks';

/** A document as the library reads it. */
export type LibraryDocument = Document.Parsed;

/** YAML 1.2 core schema only. Key uniqueness is ours to check: the library's check takes quadratic time. */
const OPTIONS = {
  schema: 'core',
  version: '1.2',
  merge: false,
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/**
 * Parses the documents of a file. After a syntax error the lines that cause it are blanked and the file is
 * parsed again, so that the errors behind it are found too, and what is left of the document can be checked.
 */
export function parseSyntax(report: Report): readonly LibraryDocument[] {
  // A lone carriage return was reported; as a line break of the library's it would only cause errors of its own.
  let text = report.source.text.replace(/\r(?!\n)/gu, ' ');
  for (let round = 0; ; round += 1) {
    const tokens = parseTokens(text);
    if (typeof tokens === 'string') return rejectLength(report, tokens);
    // What is found a second time is reported once: mending may uncover an anchor behind an open quote.
    if (!checkTokens(report, tokens)) return [];
    const documents = [...new Composer(OPTIONS).compose(tokens, true, text.length)];
    const broken = documents.find((document) => document.errors.length > 0);
    if (broken === undefined) return documents;
    const isTooMuch = (round + 1) * text.length > MAX_REPAIR_CHARS;
    if (round >= MAX_REPAIR_ROUNDS || isTooMuch) return giveUp(report, documents);
    text = repair(report, text, broken);
  }
}

/**
 * The tokens, or what there is too much of. Each word and each document takes memory whatever its length, so a file
 * of brackets would take far more than one of text. Stray words, each of which would become an error, are kept up to
 * the findings shown.
 */
function parseTokens(text: string): readonly CST.Token[] | string {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const counts = { tokens: 0, words: 0, strays: 0, documents: 0 };
  const keep = (token: CST.Token): void => {
    if (token.type === 'error') counts.strays += 1;
    if (token.type === 'document') counts.documents += 1;
    if (token.type !== 'error' || counts.strays <= MAX_FINDINGS) tokens.push(token);
  };
  for (const word of new Lexer().lex(text)) {
    counts.tokens += 1;
    if (isWord(word)) counts.words += 1;
    const excess = excessOf(counts);
    if (excess !== undefined) return excess;
    for (const token of parser.next(word)) keep(token);
  }
  for (const token of parser.end()) keep(token);
  return excessOf(counts) ?? tokens;
}

/** What there is too much of, to complete "has more than ..."; undefined: nothing. */
function excessOf(counts: {
  readonly tokens: number;
  readonly words: number;
  readonly documents: number;
}): string | undefined {
  if (counts.words > MAX_WORDS) return `${String(MAX_WORDS)} words and marks`;
  if (counts.tokens > MAX_TOKENS) return `${String(MAX_TOKENS)} words, marks and blanks`;
  return counts.documents > MAX_DOCUMENTS ? `${String(MAX_DOCUMENTS)} documents` : undefined;
}

/** False for what stands between words (blanks and line breaks), and for what the lexer puts there by itself. */
function isWord(text: string): boolean {
  return /[!-\u{10FFFF}]/u.test(text);
}

function rejectLength(report: Report, most: string): [] {
  const message = `the file has more than ${most}`;
  report.error('file_too_large', report.source.span(0, 1), message, {
    help: 'split it into several files of one directory',
  });
  return [];
}

function giveUp(report: Report, documents: readonly LibraryDocument[]): readonly LibraryDocument[] {
  const lines = new Set<number>();
  for (const error of documents.flatMap((document) => document.errors)) {
    const { line } = report.source.position(error.pos[0]);
    if (!lines.has(line)) reportError(report, error);
    lines.add(line);
  }
  return [];
}

function reportError(report: Report, error: YAMLError): void {
  const { code, message, help } = wordSyntaxError(error.code, error.message);
  report.error(code, report.source.span(error.pos[0], error.pos[1]), message, { help });
}

/** Reports the first error of a document, or all tabs at once, and blanks the lines of what it reported. */
function repair(report: Report, text: string, document: LibraryDocument): string {
  const tabs = document.errors.filter((error) => error.code === 'TAB_AS_INDENT');
  if (tabs.length > 0) return repairTabs(report, text, tabs);
  const [error] = document.errors.toSorted((left, right) => left.pos[0] - right.pos[0]);
  if (error === undefined) return text;
  const opening = openingOffset(document, error);
  if (opening === undefined) reportError(report, error);
  else reportUnclosed(report, opening);
  const line = lineToBlank(report, text, opening ?? error.pos[0]);
  markBroken(report, line);
  const last = opening === undefined ? lastLineOfBlock(report, line) : line;
  return blankLines(report, text, { first: line, last });
}

function repairTabs(report: Report, text: string, tabs: readonly YAMLError[]): string {
  const lines = text.split('\n');
  for (const tab of tabs) {
    const { line } = report.source.position(tab.pos[0]);
    reportError(report, tab);
    markBroken(report, line);
    lines[line - 1] = '';
  }
  return lines.map((line, index) => line.padEnd(lineLength(report, index + 1))).join('\n');
}

function lineLength(report: Report, line: number): number {
  const isLast = line === report.source.lineCount;
  return report.source.lineStart(line + 1) - report.source.lineStart(line) - (isLast ? 0 : 1);
}

/** Says that something is hidden in the document around a line: from its `---` to the next one. */
function markBroken(report: Report, line: number): void {
  const { source } = report;
  if (report.isBroken(line)) return;
  let first = line;
  while (first > 1 && !isMarker(source.line(first))) first -= 1;
  let last = line;
  while (last < source.lineCount && !isMarker(source.line(last + 1))) last += 1;
  report.markBroken(first, last);
}

/** True for the line that starts a document. At the margin it does so everywhere, in texts too. */
function isMarker(line: string): boolean {
  return /^---(?:\s|$)/u.test(line);
}

/** Where the quote or bracket opens that the error finds missing its end. */
function openingOffset(document: LibraryDocument, error: YAMLError): number | undefined {
  if (error.code !== 'MISSING_CHAR' && error.code !== 'BAD_INDENT') return undefined;
  if (standsBetweenItems(error.code, error.message)) return undefined;
  let opening: number | undefined;
  visit(document, (_, node) => {
    if (!isScalar(node) && !isCollection(node)) return;
    const isQuoted = isScalar(node) && node.type?.startsWith('QUOTE') === true;
    const isFlow = isCollection(node) && node.flow === true;
    const [start, , end] = node.range ?? [-1, -1, -1];
    const isHit = start < error.pos[0] && error.pos[0] <= end;
    if ((isQuoted || isFlow) && isHit) opening = start;
  });
  return opening;
}

function reportUnclosed(report: Report, offset: number): void {
  const opening = report.source.text.charAt(offset);
  const at = report.source.span(offset, offset + 1);
  report.error('syntax_error', at, `the ${quote(opening)} that opens here is not closed`, {
    help: 'add the missing end, on this line or with the lines in between indented deeper',
  });
}

/** The line of the error, or the nearest one before it that is not blank yet. */
function lineToBlank(report: Report, text: string, offset: number): number {
  let { line } = report.source.position(offset);
  while (line > 1 && isBlank(report, text, line)) line -= 1;
  return line;
}

function isBlank(report: Report, text: string, line: number): boolean {
  const from = report.source.lineStart(line);
  return /^(?:---)?\s*$/u.test(text.slice(from, report.source.lineStart(line + 1)));
}

/** Lines that are indented deeper belong to the line above: without it they would be errors of their own. */
function lastLineOfBlock(report: Report, line: number): number {
  const depth = indentation(report.source.line(line));
  let last = line;
  for (let next = line + 1; next <= report.source.lineCount; next += 1) {
    const text = report.source.line(next);
    if (text.trim() === '') continue;
    if (indentation(text) <= depth) break;
    last = next;
  }
  return last;
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}

/** Blanks lines. What starts a document stays: without it two documents would become one. */
function blankLines(
  report: Report,
  text: string,
  { first, last }: { readonly first: number; readonly last: number },
): string {
  const from = report.source.lineStart(first);
  const to = report.source.lineStart(last + 1);
  const blank = text
    .slice(from, to)
    .replace(/^---(?=\s|$)|[^\r\n]/gmu, (part) => (part === '---' ? part : ' '));
  return text.slice(0, from) + blank + text.slice(to);
}
