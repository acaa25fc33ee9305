import { MAX_DEPTH, MAX_WORDS } from '../yaml/limits';
import type { Report } from '../yaml/report';

/** Everything that stands between two words of a JSON text. */
const BLANKS = ' \t\n\r';

/** Marks that are words of their own. */
const MARKS = '{}[]:,';

/** The words and marks of a JSON text that is known to be valid, one by one. */
export class JsonTokens {
  readonly text: string;
  #end = 0;
  #start = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Offset of the current word. */
  get start(): number {
    return this.#start;
  }

  /** Offset behind the current word. */
  get end(): number {
    return this.#end;
  }

  /** The first character of the current word, which tells what it is; empty behind the last one. */
  get mark(): string {
    return this.text.charAt(this.#start);
  }

  /** Goes on to the next word. */
  next(): void {
    let at = this.#end;
    while (at < this.text.length && BLANKS.includes(this.text.charAt(at))) at += 1;
    this.#start = at;
    this.#end = endOfWord(this.text, at);
  }
}

function endOfWord(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === '"') return endOfString(text, start);
  let at = start + 1;
  if (MARKS.includes(first)) return at;
  while (at < text.length && !MARKS.includes(text.charAt(at)) && !BLANKS.includes(text.charAt(at)))
    at += 1;
  return at;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

/** Rejects a valid JSON text that is nested too deep or has too many words, before anything is made of it. */
export function checkJsonLimits(report: Report): boolean {
  const tokens = new JsonTokens(report.source.text);
  let depth = 0;
  let words = 0;
  tokens.next();
  while (tokens.mark !== '') {
    words += 1;
    if (tokens.mark === '{' || tokens.mark === '[') depth += 1;
    if (tokens.mark === '}' || tokens.mark === ']') depth -= 1;
    if (depth > MAX_DEPTH) return rejectDepth(report, tokens);
    if (words > MAX_WORDS) return rejectLength(report);
    tokens.next();
  }
  return true;
}

function rejectDepth(report: Report, { start, end }: JsonTokens): false {
  const message = `values are nested deeper than ${String(MAX_DEPTH)} levels`;
  report.error('too_deep', report.source.span(start, end), message, {
    help: 'no list that is read needs so many levels',
  });
  return false;
}

function rejectLength(report: Report): false {
  const message = `the file has more than ${String(MAX_WORDS)} words and marks`;
  report.error('file_too_large', report.source.span(0, 1), message, {
    help: 'take the providers that you need out of it into a file of their own',
  });
  return false;
}
