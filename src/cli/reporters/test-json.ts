import { percentOf, type Coverage } from '../../service/policy-tests/coverage';
import type { CaseResult } from '../../service/policy-tests/run-policy-tests';
import { countsOf, type TestReport } from '../test-report';
import { findingJson } from './findings-json';

/** The results for programs: each case with what it did not find, then the counts. */
export function testJson(report: TestReport): object {
  const { results, leftOut, coverage, threshold, mutation, warnings } = report;
  return {
    tests: results.map(resultJson),
    warnings: warnings.length === 0 ? undefined : warnings.map(findingJson),
    coverage: coverage === undefined ? undefined : coverageJson(coverage, threshold),
    mutation:
      mutation === undefined
        ? undefined
        : {
            noticed: mutation.noticed.length,
            survived: mutation.findings.length,
            equivalent: mutation.equivalent,
            findings: mutation.findings.map(findingJson),
          },
    summary: { ...countsOf(report), leftOut },
  };
}

function resultJson({ test, policyCase: { name, nowMs }, findings }: CaseResult): object {
  const { file, line, column } = name.position;
  return {
    test: test.name,
    case: name.value,
    file,
    line,
    column,
    endLine: line,
    endColumn: name.endColumn,
    now: new Date(nowMs).toISOString(),
    passed: findings.length === 0,
    findings: findings.map(findingJson),
  };
}

function coverageJson(coverage: Coverage, threshold: number | undefined): object {
  return {
    percent: percentOf(coverage),
    threshold,
    seen: coverage.seen,
    total: coverage.total,
    rules: coverage.rules.map(({ rule: { policy, name, position }, passed, stopped }) => ({
      policy: policy.id,
      rule: name,
      file: position.file,
      line: position.line,
      column: position.column,
      passed,
      stopped,
    })),
  };
}
