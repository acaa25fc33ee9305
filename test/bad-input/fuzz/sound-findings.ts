import type { Finding } from '../../../src/core/model/finding';
import { MAX_FINDINGS } from '../../../src/dialects/yaml/limits';

/** Characters that a message or help of one finding may have, however long what it is about. */
const MAX_PROSE_CHARS = 1500;

/** What a terminal acts on. */
const CONTROL = /\p{Cc}|[\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/u;

/** Findings are few, short, fit for a terminal, and stand in the text: their place is one that an editor can go to. */
export function expectSound(findings: readonly Finding[], text: string): void {
  expect(findings.length).toBeLessThanOrEqual(MAX_FINDINGS + 1);
  const lines = text.split('\n');
  expect(findings.filter((finding) => !isSound(finding, lines))).toEqual([]);
}

function isSound(
  { position: { line, column }, endColumn, message, help = '' }: Finding,
  lines: readonly string[],
): boolean {
  const end = (lines[line - 1]?.length ?? -1) + 1;
  const isInside = column >= 1 && column <= end;
  const isMarked = endColumn > column && endColumn <= Math.max(end, column + 1);
  const isProse = /^\S.*[^.\s]$/su.test(message) && !CONTROL.test(message + help);
  return isInside && isMarked && isProse && message.length + help.length < MAX_PROSE_CHARS;
}

/** True if one of them is an error. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
