import { MAX_FILE_BYTES } from './limits';
import type { Report } from './report';

/**
 * Characters that editors do not show, or show in another order than they stand in, so that a reviewer would
 * read another policy than Ambit does: controls, bidirectional marks, line separators and lone surrogates.
 */
const HIDDEN_CHARACTERS =
  /(?![\t\n\r])\p{Cc}|[\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F]|(?!^)\uFEFF|\r(?!\n)|\p{Surrogate}/gu;

/** Rejects text that is too large, binary or broken. False: the file is not worth parsing. */
export function checkText(report: Report): boolean {
  const { text } = report.source;
  if (isTooLarge(text)) return rejectSize(report);
  const binaryAt = text.indexOf('\0');
  if (binaryAt !== -1) return rejectBinary(report, binaryAt);
  checkByteOrderMark(report);
  checkReplacementCharacters(report);
  checkHiddenCharacters(report);
  return true;
}

function isTooLarge(text: string): boolean {
  const MAX_BYTES_PER_UNIT = 3;
  if (text.length > MAX_FILE_BYTES) return true;
  if (text.length * MAX_BYTES_PER_UNIT <= MAX_FILE_BYTES) return false;
  return new TextEncoder().encode(text).length > MAX_FILE_BYTES;
}

function rejectSize(report: Report): false {
  const message = `the file has more than ${String(MAX_FILE_BYTES)} bytes`;
  report.error('file_too_large', report.source.span(0, 1), message, {
    help: 'split it into several files of one directory',
  });
  return false;
}

function rejectBinary(report: Report, offset: number): false {
  report.error('binary_file', report.source.span(offset, offset + 1), 'the file is not text', {
    help: 'name policy files only; if this is one, save it as UTF-8',
  });
  return false;
}

function checkByteOrderMark(report: Report): void {
  if (!report.source.text.startsWith('\uFEFF')) return;
  const message = 'the file starts with a byte order mark';
  report.error('byte_order_mark', report.source.span(0, 1), message, {
    help: 'save the file as UTF-8 without byte order mark',
  });
}

function checkReplacementCharacters(report: Report): void {
  const offset = report.source.text.indexOf('\uFFFD');
  if (offset === -1) return;
  const message = 'the file holds bytes that are not valid UTF-8';
  report.error('invalid_encoding', report.source.span(offset, offset + 1), message, {
    help: 'save the file as UTF-8',
  });
}

function checkHiddenCharacters(report: Report): void {
  for (const match of report.source.text.matchAll(HIDDEN_CHARACTERS)) {
    const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const at = report.source.span(match.index, match.index + 1);
    report.error('control_character', at, `the character U+${code} is not allowed here`, {
      help: 'remove the character; editors do not show it',
    });
  }
}
