import type { Finding } from '../../core/model/finding';
import type { SourcePosition } from '../../core/model/source-position';
import { bySeverity } from './findings-text';
import type { LintSummary } from './lint-summary';

/** Findings that the JSON holds: a program reads more than a person, but not without end. */
const MAX_FINDINGS_WRITTEN = 10_000;

/** The findings for programs: one shape, places flat, edits apart. Positions count from 1; 0 is a whole file. */
export function findingsJson(findings: readonly Finding[], summary: LintSummary): object {
  const written = bySeverity(findings).slice(0, MAX_FINDINGS_WRITTEN);
  return {
    findings: written.map(findingJson),
    summary: { ...summary, omitted: findings.length - written.length },
  };
}

/** One finding for programs. */
export function findingJson(finding: Finding): object {
  const { position, endColumn, severity, code, message, help, related, suggestion } = finding;
  return {
    ...spanJson(position, endColumn),
    severity,
    code,
    message,
    help,
    related: related?.map((place) => ({ ...place.position, message: place.message })),
    suggestion:
      suggestion === undefined
        ? undefined
        : {
            ...spanJson(suggestion.position, suggestion.endColumn),
            replacement: suggestion.replacement,
          },
  };
}

// Marks never go beyond their line, so that a finding ends on the line on which it begins.
function spanJson(position: SourcePosition, endColumn: number): object {
  const { file, line, column } = position;
  return { file, line, column, endLine: line, endColumn };
}
