import type { Finding, Severity } from '../../core/model/finding';
import type { FileFindingCode } from '../yaml/finding-codes';
import type { Span } from '../yaml/source-text';

/** What a note says beside its code. */
export interface NoteText {
  readonly message: string;
  readonly help?: string;
}

/**
 * Collects what is worth knowing of a pack and does not make it unusable. Errors go to the report of the file
 * and never here.
 */
export class Notes {
  readonly #findings: Finding[] = [];

  warn(code: FileFindingCode, at: Span, text: NoteText): void {
    this.#add('warning', code, at, text);
  }

  inform(code: FileFindingCode, at: Span, text: NoteText): void {
    this.#add('info', code, at, text);
  }

  findings(): readonly Finding[] {
    return this.#findings;
  }

  #add(severity: Severity, code: FileFindingCode, at: Span, text: NoteText): void {
    const { position, endColumn } = at;
    this.#findings.push({ severity, code, ...text, position, endColumn });
  }
}
