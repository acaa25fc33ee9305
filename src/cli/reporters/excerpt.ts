import type { Finding } from '../../core/model/finding';
import type { SourceFile } from '../../ports/policy-dialect';
import { escapeText, widthOf } from '../text';
import { maskFrom, maskSecrets } from './mask-secrets';

/** UTF-16 units of a line that an excerpt shows; a longer line is cut around the marked word. */
const MAX_EXCERPT_CHARS = 100;

/** UTF-16 units before the marked word that a cut line keeps. */
const KEPT_BEFORE_CHARS = 40;

/** One line of a file, and the marks that stand under the very word. Both are fit for a terminal. */
export interface Excerpt {
  readonly line: string;
  readonly marks: string;
}

/** The excerpt for a finding; nothing if it is about a file as a whole or the line does not exist. */
export function excerptOf(finding: Finding, sources: readonly SourceFile[]): Excerpt | undefined {
  const { file, line, column } = finding.position;
  const text = sources.find((source) => source.name === file)?.text;
  const whole = text === undefined || line < 1 ? undefined : lineOf(text, line);
  if (whole === undefined || column < 1) return undefined;
  const start = whole.length > MAX_EXCERPT_CHARS ? Math.max(0, column - 1 - KEPT_BEFORE_CHARS) : 0;
  const end = Math.min(whole.length, start + MAX_EXCERPT_CHARS);
  const shown = finding.code === 'secret_value' ? maskFrom(whole, column) : whole;
  const masked = maskSecrets(shown);
  const before = (start > 0 ? '…' : '') + escapeText(masked.slice(start, column - 1));
  const word = escapeText(masked.slice(column - 1, Math.min(finding.endColumn - 1, end)));
  const after = escapeText(masked.slice(Math.max(column, finding.endColumn) - 1, end));
  return {
    line: before + word + after + (end < whole.length ? '…' : ''),
    marks: ' '.repeat(widthOf(before)) + '^'.repeat(Math.max(1, widthOf(word))),
  };
}

// Not split into all lines: a catalog may have a hundred thousand of them, and a report many findings.
function lineOf(text: string, line: number): string | undefined {
  let start = 0;
  for (let number = 1; number < line; number += 1) {
    const end = text.indexOf('\n', start);
    if (end === -1) return undefined;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
}
