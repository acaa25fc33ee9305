import type { SourceFile } from '../../ports/policy-dialect';
import type { SourcePosition } from '../../core/model/source-position';
import { MAX_QUOTED_CHARS } from './limits';

/** A marked word: where it starts, and the first column after it on the same line. */
export interface Span {
  readonly position: SourcePosition;
  readonly endColumn: number;
}

/** A value and the word in the file that states it. */
export interface Located<T> extends Span {
  readonly value: T;
}

/** The text of one file, with offsets (UTF-16 units from the start) turned into lines and columns from 1. */
export class SourceText {
  readonly name: string;
  readonly text: string;
  readonly #lineStarts: readonly number[];

  constructor(file: SourceFile) {
    this.name = file.name;
    this.text = file.text;
    this.#lineStarts = startsOfLines(file.text);
  }

  get lineCount(): number {
    return this.#lineStarts.length;
  }

  /** The text of a line without its line break; empty for a line that does not exist. */
  line(line: number): string {
    const start = this.#lineStarts[line - 1];
    if (start === undefined) return '';
    const end = this.#lineStarts[line] ?? this.text.length;
    return this.text.slice(start, end).replace(/\r?\n$/u, '');
  }

  /** The offset at which a line starts; the end of the text for a line that does not exist. */
  lineStart(line: number): number {
    return this.#lineStarts[line - 1] ?? this.text.length;
  }

  position(offset: number): SourcePosition {
    const line = this.#lineAt(offset);
    return { file: this.name, line, column: offset - this.lineStart(line) + 1 };
  }

  /** The marked word between two offsets; a word of several lines is marked up to the end of its first. */
  span(start: number, end: number): Span {
    const position = this.position(start);
    const wordEnd = this.#trimmedEnd(start, Math.min(end, this.lineStart(position.line + 1)));
    const endColumn = position.column + Math.max(wordEnd - start, 1);
    return { position: { ...position, endColumn }, endColumn };
  }

  /** Where a word ends without the white space behind it. Looks at the word only: a line may be a whole file. */
  #trimmedEnd(start: number, end: number): number {
    let last = end;
    while (last > start && /\s/u.test(this.text.charAt(last - 1))) last -= 1;
    return last;
  }

  #lineAt(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#lineStarts[middle] ?? Infinity) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

/** User input as a message shows it: in backticks, cut, and without characters that a terminal acts on. */
export function quote(text: string): string {
  const shown = printable(text).replace(/`/gu, "'");
  const cut = shown.length > MAX_QUOTED_CHARS ? `${shown.slice(0, MAX_QUOTED_CHARS)}…` : shown;
  return `\`${cut}\``;
}

/** A text without the characters that a terminal acts on. */
export function printable(text: string): string {
  return text.replace(/\p{C}/gu, '\uFFFD');
}

/** Several names as a message shows them. */
export function quoteAll(texts: readonly string[]): string {
  return texts.map(quote).join(', ');
}

function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
