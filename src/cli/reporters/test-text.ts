import type { Finding } from '../../core/model/finding';
import { formatPosition } from '../../core/model/source-position';
import { percentOf, type Coverage, type RuleCoverage } from '../../service/policy-tests/coverage';
import { nameOf, type CaseResult } from '../../service/policy-tests/run-policy-tests';
import type { Palette } from '../palette';
import { countsOf, coverageProblem, type MutationReport, type TestReport } from '../test-report';
import { countOf, escapeText } from '../text';
import { alignColumns, type Cell } from './columns';
import { excerptOf } from './excerpt';
import { findingReport } from './findings-text';
import { sourceLines, type SourceLines } from './source-lines';
import { endOfWord } from './word-end';

/** Cases that failed and are shown whole; the rest is named. */
const MAX_FAILURES_SHOWN = 20;

/** The results for people: what failed, with the words and rules that differ, then tables, then the counts. */
export function testText(report: TestReport, palette: Palette): string {
  const failures = report.results.filter(({ findings }) => findings.length > 0);
  const shown = failures.slice(0, MAX_FAILURES_SHOWN);
  const lines = sourceLines(report.sources);
  const parts = [
    ...shown.map((result) => failureText(result, { report, lines, palette })),
    ...(failures.length > shown.length ? [namesText(failures.slice(shown.length), palette)] : []),
    ...(report.warnings.length === 0 ? [] : [warningsText(report, palette).trimEnd()]),
    ...(report.coverage === undefined ? [] : [coverageText(report.coverage, palette)]),
    ...(report.mutation === undefined ? [] : [mutationText(report.mutation, report, palette)]),
    summaryText(report, palette),
  ];
  return `${parts.join('\n\n')}\n`;
}

interface View {
  readonly report: TestReport;
  readonly lines: SourceLines;
  readonly palette: Palette;
}

function failureText(result: CaseResult, { report, lines, palette }: View): string {
  const { findings } = result;
  const head = `${palette.red('FAIL')} ${palette.bold(escapeText(nameOf(result)))}`;
  const body = findingReport({ findings, sources: report.sources }, palette).trimEnd();
  return [head, body, ...ruleLines(findings, lines, palette)].join('\n');
}

/** The lines of the policies and catalogs that led to what the case did not expect, each once. */
function ruleLines(
  findings: readonly Finding[],
  lines: SourceLines,
  palette: Palette,
): readonly string[] {
  const seen = new Set<string>();
  return findings.flatMap((finding) =>
    (finding.related ?? []).flatMap(({ position }) => {
      const place = formatPosition(position);
      const endColumn = endOfWord(position, lines);
      const excerpt = excerptOf({ ...finding, position, endColumn }, lines);
      if (seen.has(place) || excerpt === undefined) return [];
      seen.add(place);
      const number = String(position.line);
      const bar = palette.blue(`${' '.repeat(number.length)} |`);
      return [
        `${' '.repeat(number.length)}${palette.blue('-->')} ${escapeText(place)}`,
        `${palette.blue(`${number} |`)} ${excerpt.line}`,
        `${bar} ${palette.yellow(excerpt.marks)}`,
      ];
    }),
  );
}

function namesText(failures: readonly CaseResult[], palette: Palette): string {
  return failures.map((each) => `${palette.red('FAIL')} ${escapeText(nameOf(each))}`).join('\n');
}

/** What is likely a slip in a case, each at its word. */
export function warningsText({ warnings, sources }: TestReport, palette: Palette): string {
  return findingReport({ findings: warnings, sources }, palette);
}

function coverageText(coverage: Coverage, palette: Palette): string {
  const head: readonly Cell[] = ['policy', 'rule', 'lets pass', 'stops', 'at'].map((text) => ({
    text,
    paint: palette.dim,
  }));
  const rows = coverage.rules.map((each) => coverageRow(each, palette));
  const table = alignColumns([head, ...rows]).map((line) => `  ${line}`);
  const { seen, total } = coverage;
  const title = `coverage: ${String(percentOf(coverage))} %`;
  return [
    `${palette.bold(title)}, ${String(seen)} of ${countOf(total, 'way')} in which rules decide`,
    ...(coverage.rules.length === 0 ? [] : table),
  ].join('\n');
}

function coverageRow({ rule, passed, stopped }: RuleCoverage, palette: Palette): readonly Cell[] {
  const times = (count: number | undefined): Cell => {
    if (count === undefined) return { text: '-', paint: palette.dim };
    return count === 0 ? { text: 'never', paint: palette.red } : { text: String(count) };
  };
  return [
    { text: escapeText(rule.policy.id) },
    { text: escapeText(rule.name) },
    times(passed),
    times(stopped),
    { text: escapeText(formatPosition(rule.position)), paint: palette.dim },
  ];
}

function mutationText(
  { noticed, findings, equivalent }: MutationReport,
  { sources }: TestReport,
  palette: Palette,
): string {
  const total = noticed.length + findings.length;
  const same =
    equivalent === 0 ? '' : `; ${countOf(equivalent, 'other')} would change nothing here`;
  const head = `${palette.bold('mutants')}: ${String(noticed.length)} of ${String(total)} noticed${same}`;
  if (findings.length === 0) return head;
  return `${head}\n${findingReport({ findings, sources }, palette).trimEnd()}`;
}

function summaryText(report: TestReport, palette: Palette): string {
  const { passed, failed } = countsOf(report);
  const left = report.leftOut === 0 ? '' : `, ${String(report.leftOut)} left out`;
  const total = countOf(passed + failed, 'case');
  const counts = [
    ...(failed === 0 ? [] : [palette.red(`${String(failed)} failed`)]),
    ...(passed === 0 ? [] : [palette.green(`${String(passed)} passed`)]),
  ];
  const problem = coverageProblem(report);
  return [
    ...(problem === undefined ? [] : [`${palette.red('error')}: ${problem}`]),
    `${counts.join(', ')}: ${total}${left}`,
  ].join('\n');
}
