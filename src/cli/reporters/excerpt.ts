import type { Finding } from '../../core/model/finding';
import { escapeText, widthOf } from '../text';
import { maskAll, maskFrom, maskHeaderValues, maskSecrets } from './mask-secrets';
import type { SourceLines } from './source-lines';

/** UTF-16 units of a line that an excerpt shows; a longer line is cut around the marked word. */
const MAX_EXCERPT_CHARS = 100;

/** UTF-16 units before the marked word that a cut line keeps. */
const KEPT_BEFORE_CHARS = 40;

/** Findings that a secret stands in the file: nothing of it is shown, whatever it looks like. */
const SECRET_CODES: readonly string[] = ['secret_value', 'inline_key'];

/** Findings at what nobody has understood: it could be a secret, so nothing of the line is shown but a repeated key. */
const UNREAD_CODES: Readonly<Record<string, 'nothing' | 'marked'>> = {
  unreadable_configuration: 'nothing',
  repeated_key: 'marked',
};

/** One line of a file, and the marks that stand under the very word. Both are fit for a terminal. */
export interface Excerpt {
  readonly line: string;
  readonly marks: string;
}

/** The excerpt for a finding; nothing if it is about a file as a whole or the line does not exist. */
export function excerptOf(finding: Finding, lines: SourceLines): Excerpt | undefined {
  const { column } = finding.position;
  const masked = maskedLineOf(finding, lines);
  if (masked === undefined) return undefined;
  const start = masked.length > MAX_EXCERPT_CHARS ? Math.max(0, column - 1 - KEPT_BEFORE_CHARS) : 0;
  const end = Math.min(masked.length, start + MAX_EXCERPT_CHARS);
  const before = (start > 0 ? '…' : '') + escapeText(masked.slice(start, column - 1));
  const word = escapeText(masked.slice(column - 1, Math.min(finding.endColumn - 1, end)));
  const after = escapeText(masked.slice(Math.max(column, finding.endColumn) - 1, end));
  return {
    line: before + word + after + (end < masked.length ? '…' : ''),
    marks: ' '.repeat(widthOf(before)) + '^'.repeat(Math.max(1, widthOf(word))),
  };
}

/**
 * The line that a finding marks, with secrets starred out and columns as they are; undefined if the finding is about
 * a file as a whole or the line does not exist.
 */
export function maskedLineOf(finding: Finding, lines: SourceLines): string | undefined {
  const { code, position, endColumn } = finding;
  const { file, line, column } = position;
  const whole = line < 1 || column < 1 ? undefined : lines.lineOf(file, line);
  if (whole === undefined) return undefined;
  const shown = UNREAD_CODES[code];
  if (shown === 'nothing') return maskAll(whole);
  if (shown === 'marked') {
    const [start, end] = [column - 1, endColumn - 1];
    return maskAll(whole.slice(0, start)) + whole.slice(start, end) + maskAll(whole.slice(end));
  }
  const beside = [line - 1, line + 1].flatMap((each) => lines.lineOf(file, each) ?? []);
  const masked = maskHeaderValues(whole, beside);
  return maskSecrets(SECRET_CODES.includes(code) ? maskFrom(masked, column) : masked);
}
