import type { Finding } from '../../../src/core/model/finding';

/** One finding as `line:column-end code`, the form in which tables of expectations name them. */
export function placeAndCode({ position, endColumn, code }: Finding): string {
  const { line, column } = position;
  return `${String(line)}:${String(column)}-${String(endColumn)} ${code}`;
}

/** All findings in that form. */
export function placesAndCodes(findings: readonly Finding[]): readonly string[] {
  return findings.map(placeAndCode);
}

/** Findings as `severity code line:column`, for tests that do not ask where the marked word ends. */
export function shortFindings(findings: readonly Finding[]): readonly string[] {
  return findings.map(
    ({ severity, code, position: { line, column } }) =>
      `${severity} ${code} ${String(line)}:${String(column)}`,
  );
}

/** The file with the edit of a finding applied; undefined if it proposes none. */
export function applySuggestion(text: string, finding: Finding): string | undefined {
  const { suggestion } = finding;
  if (suggestion === undefined) return undefined;
  const { position, endColumn, replacement } = suggestion;
  const lines = text.split('\n');
  const line = lines[position.line - 1] ?? '';
  lines[position.line - 1] =
    line.slice(0, position.column - 1) + replacement + line.slice(endColumn - 1);
  return lines.join('\n');
}
