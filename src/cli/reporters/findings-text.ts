import type { Finding, Severity } from '../../core/model/finding';
import { formatPosition, type SourcePosition } from '../../core/model/source-position';
import type { SourceFile } from '../../ports/policy-dialect';
import type { Palette } from '../palette';
import { countOf, escapeText, padEnd } from '../text';
import { excerptOf } from './excerpt';
import { sourceLines, type SourceLines } from './source-lines';

/** Findings that the text shows; more of them hide the first ones. The rest is counted. */
const MAX_FINDINGS_SHOWN = 50;

/** What a report is made of. `sources` are for the excerpts. */
export interface FindingSet {
  readonly findings: readonly Finding[];
  readonly sources: readonly SourceFile[];
}

/** All findings for people, errors first, each with the line and a mark under the very word. */
export function findingReport(input: FindingSet, palette: Palette): string {
  const sorted = bySeverity(input.findings);
  const shown = sorted.slice(0, MAX_FINDINGS_SHOWN);
  const lines = sourceLines(input.sources);
  const blocks = shown.map((finding) => findingBlock(finding, lines, palette));
  const leftOut = sorted.length - shown.length;
  if (leftOut > 0) blocks.push(`${countOf(leftOut, 'more finding')} left out: mend these first\n`);
  return blocks.join('\n');
}

/** The findings with the worst first; those of one severity stay in their order. */
export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((left, right) => RANK[left.severity] - RANK[right.severity]);
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

function findingBlock(finding: Finding, source: SourceLines, palette: Palette): string {
  const paint = painterOf(finding.severity, palette);
  const excerpt = excerptOf(finding, source);
  const number = excerpt === undefined ? '' : String(finding.position.line);
  const gutter = ' '.repeat(Math.max(1, number.length));
  const bar = palette.blue(`${gutter} |`);
  const lines = [
    `${paint(`${finding.severity}[${escapeText(finding.code)}]`)}: ${palette.bold(escapeText(finding.message))}`,
    `${gutter}${palette.blue('-->')} ${placeOf(finding.position)}`,
  ];
  if (excerpt !== undefined) {
    lines.push(
      bar,
      `${palette.blue(`${padEnd(number, gutter.length)} |`)} ${excerpt.line}`.trimEnd(),
      `${bar} ${paint(excerpt.marks)}`,
    );
  }
  lines.push(...notesOf(finding).map((note) => `${gutter} ${palette.blue('=')} ${note}`));
  return `${lines.join('\n')}\n`;
}

function painterOf(severity: Severity, palette: Palette): (text: string) => string {
  switch (severity) {
    case 'error':
      return palette.red;
    case 'warning':
      return palette.yellow;
    case 'info':
      return palette.blue;
  }
}

function notesOf(finding: Finding): readonly string[] {
  const related = (finding.related ?? []).map(
    ({ position, message }) => `note: ${escapeText(message)}: ${placeOf(position)}`,
  );
  const help = helpOf(finding);
  return help === undefined ? related : [...related, `help: ${escapeText(help)}`];
}

function helpOf(finding: Finding): string | undefined {
  if (finding.help !== undefined || finding.suggestion === undefined) return finding.help;
  return `write \`${finding.suggestion.replacement}\``;
}

// A finding about a file as a whole has no line.
function placeOf(position: SourcePosition): string {
  return escapeText(position.line < 1 ? position.file : formatPosition(position));
}
