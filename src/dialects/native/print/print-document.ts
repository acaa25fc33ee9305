import type { Finding } from '../../../core/model/finding';
import type { PolicyDocument, RoutingAdvice } from '../../../core/model/policy-set';
import { formatPosition, type SourcePosition } from '../../../core/model/source-position';
import { nameOf, nativePolicies } from './native-policies';
import { printCatalog } from './print-catalog';
import { printPolicy } from './print-policy';
import { printText } from './printed-document';

/** What beside the document goes into its native text. */
export interface PrintParts {
  /** The text that the document was read from; its words stand in comments. */
  readonly source?: string;
  /** What reading it found: there, meaning was decided. */
  readonly findings?: readonly Finding[];
}

/** What one file states, whatever its dialect, as native documents in one text; empty if it states nothing. */
export function printDocument(document: PolicyDocument, parts: PrintParts = {}): string {
  const { source = '', findings = [] } = parts;
  const lines = source.split('\n');
  const context = {
    dialect: document.dialect,
    wordsAt: (position: SourcePosition) => wordsAt(position, lines),
  };
  const notes = [...findings.map(noteOf), ...noteOfRouting(document.routing)];
  const catalog = printCatalog(document, {
    name: nameOf(baseOf(document.file)),
    head: [`from ${document.file}`],
  });
  const policies = nativePolicies(document.policies);
  const printed = [...catalog, ...policies.map((named) => printPolicy(named, context))];
  const [first, ...others] = printed;
  if (first === undefined) return '';
  return printText([{ ...first, head: [...notes, ...first.head] }, ...others]);
}

/** The name of a file without its folders and ending. */
function baseOf(file: string): string {
  const base = file.split(/[\\/]/u).at(-1) ?? file;
  return base.replace(/\.(?:ya?ml|json)$/u, '');
}

function noteOf({ position, message, help }: Finding): string {
  const advice = help === undefined ? '' : ` (${help})`;
  return `${formatPosition(position)}: ${message}${advice}`;
}

/** Advice on routing decides nothing, and has no place in a native file. */
function noteOfRouting(routing: RoutingAdvice | undefined): readonly string[] {
  if (routing === undefined) return [];
  const at = formatPosition(routing.position);
  return [`${at}: advice on routing is left out: it decides nothing, and no native file holds it`];
}

/** The place, and the word that stands there. */
function wordsAt(position: SourcePosition, lines: readonly string[]): string {
  const { file, line, column, endColumn } = position;
  const text = lines[line - 1]?.slice(
    column - 1,
    endColumn === undefined ? undefined : endColumn - 1,
  );
  const word = text?.trim().split(/\s/u)[0] ?? '';
  return `${file}:${String(line)}${word === '' ? '' : ` ${word}`}`;
}
