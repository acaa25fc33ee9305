import type { Finding } from '../../core/model/finding';
import { ABSENCE_CODES, type FileFindingCode } from './finding-codes';
import { MAX_FINDINGS } from './limits';
import { printable, type SourceText, type Span } from './source-text';

/** What a finding can say beside its message. */
export interface FindingDetails {
  readonly help?: string;
  /** Another place that belongs to the finding. */
  readonly related?: { readonly at: Span; readonly message: string };
  /** The text that would mend the marked word. It must never let more through. */
  readonly replacement?: string;
}

/** What is reported, and where. */
interface Statement {
  readonly at: Span;
  readonly message: string;
  readonly details: FindingDetails;
}

/** Lines from first to last, both included. */
interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** UTF-16 units of a corrected line that is shown whole; of a longer one only the corrected word is. */
const MAX_SHOWN_LINE_CHARS = 100;

/** UTF-16 units of a line that is corrected at all: a whole file may stand on one line. */
const MAX_CORRECTED_LINE_CHARS = 1000;

/** Keys whose values are not repeated: they may hold a secret. */
export const SECRET_KEY = /key|secret|token|passw|auth|credential/iu;

/** Collects the findings of one file. Nothing is thrown: reading goes on after each of them. */
export class Report {
  readonly source: SourceText;
  readonly #errors: Finding[] = [];
  readonly #notices: Finding[] = [];
  readonly #places = new Set<string>();
  readonly #broken: LineRange[] = [];
  #count = 0;

  constructor(source: SourceText) {
    this.source = source;
  }

  error(code: FileFindingCode, at: Span, message: string, details: FindingDetails = {}): void {
    if (ABSENCE_CODES.has(code) && this.isBroken(at.position.line)) return;
    this.#add('error', code, { at, message, details });
  }

  /** Something that does not make the file unusable, such as a key that a dialect accepts without effect. */
  notice(code: FileFindingCode, at: Span, message: string, details: FindingDetails = {}): void {
    this.#add('warning', code, { at, message, details });
  }

  /** Says that syntax errors hide a part of these lines, so that nothing is reported as absent there. */
  markBroken(first: number, last: number): void {
    this.#broken.push({ first, last });
  }

  /** True if something that stands around the line is hidden by a syntax error. */
  isBroken(line: number): boolean {
    return this.#broken.some((range) => line >= range.first && line <= range.last);
  }

  get hasErrors(): boolean {
    return this.#errors.length > 0;
  }

  /** True if no further error is kept: what is dear to word, such as proposals, need not be worded. */
  get isFull(): boolean {
    return this.#errors.length >= MAX_FINDINGS;
  }

  /** All findings in file order, errors before notices where the room is short; the last counts those left out. */
  findings(): readonly Finding[] {
    const shown = [...this.#errors, ...this.#notices].slice(0, MAX_FINDINGS).toSorted(byPosition);
    const last = shown.at(-1);
    if (this.#count === shown.length || last === undefined) return shown;
    return [...shown, this.#leftOutFinding(last, this.#count - shown.length)];
  }

  #leftOutFinding(last: Finding, count: number): Finding {
    return {
      severity: this.hasErrors ? 'error' : 'warning',
      code: 'too_many_findings' satisfies FileFindingCode,
      message: `${String(count)} more findings in this file are left out`,
      help: 'mend the findings above and check the file again',
      position: last.position,
      endColumn: last.endColumn,
    };
  }

  #add(severity: 'error' | 'warning', code: FileFindingCode, what: Statement): void {
    const { position, endColumn } = what.at;
    const place = `${String(position.line)}:${String(position.column)}:${code}:${what.message}`;
    if (this.#places.has(place)) return;
    this.#count += 1;
    const kept = severity === 'error' ? this.#errors : this.#notices;
    if (kept.length >= MAX_FINDINGS) return;
    this.#places.add(place);
    const base = { severity, code, message: what.message, position, endColumn };
    kept.push({ ...base, ...this.#extras(what.at, what.details) });
  }

  #extras(at: Span, details: FindingDetails): Partial<Finding> {
    const help = this.#help(at, details);
    const { related, replacement } = details;
    return {
      ...(help === undefined ? {} : { help }),
      ...(related === undefined
        ? {}
        : { related: [{ position: related.at.position, message: related.message }] }),
      ...(replacement === undefined
        ? {}
        : { suggestion: { position: at.position, endColumn: at.endColumn, replacement } }),
    };
  }

  #help(at: Span, details: FindingDetails): string | undefined {
    const { help, replacement } = details;
    if (replacement === undefined) return help;
    const write = `write \`${this.#correctedLine(at, replacement)}\``;
    return help === undefined ? write : `${help}; ${write}`;
  }

  #correctedLine(at: Span, replacement: string): string {
    const { line: number, column } = at.position;
    const { source } = this;
    const isLong =
      source.lineStart(number + 1) - source.lineStart(number) > MAX_CORRECTED_LINE_CHARS;
    if (isLong) return replacement;
    const line = source.line(number);
    if (SECRET_KEY.test(line) || SECRET_KEY.test(replacement)) return replacement;
    const before = line.slice(0, column - 1).trimStart();
    const corrected = `${before}${replacement}${line.slice(at.endColumn - 1)}`;
    const shown = printable(corrected.replace(/\s+#.*$/u, '').trim());
    return shown.length > MAX_SHOWN_LINE_CHARS ? replacement : shown;
  }
}

function byPosition(left: Finding, right: Finding): number {
  return left.position.line - right.position.line || left.position.column - right.position.column;
}
