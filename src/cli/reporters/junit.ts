import type { Finding } from '../../core/model/finding';
import type { CaseResult } from '../../service/policy-tests/run-policy-tests';
import { createPalette } from '../palette';
import { coverageProblem, type TestReport } from '../test-report';
import { escapeText } from '../text';
import { findingReport } from './findings-text';

/** One test of a suite, as JUnit counts them. */
interface JunitCase {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  /** Absent: it passed. The message is one line, the text all that is known. */
  readonly failure?: { readonly message: string; readonly text: string };
}

interface JunitSuite {
  readonly name: string;
  readonly file?: string;
  readonly cases: readonly JunitCase[];
}

/**
 * The results in the XML that CI servers read: one suite a PolicyTest document; the coverage that is demanded and the
 * mutants are suites of their own. Nothing in it depends on the clock.
 */
export function junitXml(report: TestReport): string {
  const suites = [...testSuites(report), ...coverageSuite(report), ...mutationSuite(report)];
  const cases = suites.flatMap((suite) => suite.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes([['name', 'ambit test'], ...counts(cases)])}>`,
    ...suites.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n');
}

function testSuites(report: TestReport): readonly JunitSuite[] {
  const tests = [...new Set(report.results.map(({ test }) => test))];
  return tests.map((test) => ({
    name: test.name,
    file: test.position.file,
    cases: report.results
      .filter((result) => result.test === test)
      .map((result) => junitCase(result, report)),
  }));
}

function junitCase({ policyCase, findings }: CaseResult, report: TestReport): JunitCase {
  const { value, position } = policyCase.name;
  const { file, line } = position;
  if (findings.length === 0) return { name: value, file, line };
  return { name: value, file, line, failure: failureOf(findings, report) };
}

function failureOf(findings: readonly Finding[], { sources }: TestReport) {
  const message = findings.map((finding) => finding.message).join('; ');
  return { message, text: findingReport({ findings, sources }, createPalette(false)) };
}

function coverageSuite(report: TestReport): readonly JunitSuite[] {
  const { threshold } = report;
  if (threshold === undefined) return [];
  const problem = coverageProblem(report);
  const name = `at least ${String(threshold)} %`;
  const result: JunitCase =
    problem === undefined ? { name } : { name, failure: { message: problem, text: problem } };
  return [{ name: 'coverage', cases: [result] }];
}

function mutationSuite(report: TestReport): readonly JunitSuite[] {
  const { mutation } = report;
  if (mutation === undefined) return [];
  const noticed = mutation.noticed.map(({ rule, change }): JunitCase => {
    const { file, line } = rule.position;
    return { name: `${rule.policy.id}: ${rule.name} ${change}`, file, line };
  });
  const survived = mutation.survivors.map(({ rule, change }, index): JunitCase => {
    const { file, line } = rule.position;
    const finding = mutation.findings[index];
    const findings = finding === undefined ? [] : [finding];
    const name = `${rule.policy.id}: ${rule.name} ${change}`;
    return { name, file, line, failure: failureOf(findings, report) };
  });
  return [{ name: 'mutants', cases: [...noticed, ...survived] }];
}

function suiteLines({ name, file, cases }: JunitSuite): readonly string[] {
  return [
    `  <testsuite${attributes([['name', name], ['file', file], ...counts(cases)])}>`,
    ...cases.flatMap((each) => caseLines(each, name)),
    '  </testsuite>',
  ];
}

function caseLines({ name, file, line, failure }: JunitCase, suite: string): readonly string[] {
  const own = attributes([
    ['name', name],
    ['classname', suite],
    ['file', file],
    ['line', line === undefined ? undefined : String(line)],
  ]);
  if (failure === undefined) return [`    <testcase${own}/>`];
  return [
    `    <testcase${own}>`,
    `      <failure${attributes([['message', failure.message]])}>${escapeXml(failure.text)}</failure>`,
    '    </testcase>',
  ];
}

type Attribute = readonly [name: string, value: string | undefined];

function counts(cases: readonly JunitCase[]): readonly Attribute[] {
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  return [
    ['tests', String(cases.length)],
    ['failures', String(failures)],
    ['errors', '0'],
    ['skipped', '0'],
  ];
}

function attributes(list: readonly Attribute[]): string {
  return list
    .flatMap(([name, value]) => (value === undefined ? [] : ` ${name}="${escapeXml(value)}"`))
    .join('');
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

/** XML 1.0 has no way to write most control characters, so they are spelt out as everywhere. */
function escapeXml(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => escapeText(line).replace(/[\uFFFE\uFFFF]/gu, '\uFFFD'));
  return lines.join('\n').replace(/[&<>"']/gu, (character) => ENTITIES.get(character) ?? '');
}
