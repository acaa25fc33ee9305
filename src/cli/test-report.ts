import type { Finding } from '../core/model/finding';
import type { SourceFile } from '../ports/policy-dialect';
import { percentOf, type Coverage } from '../service/policy-tests/coverage';
import type { MutationRun } from '../service/policy-tests/run-mutants';
import type { CaseResult } from '../service/policy-tests/run-policy-tests';

/** Everything that a run of the tests came to, for all reporters. */
export interface TestReport {
  readonly results: readonly CaseResult[];
  /** What is likely a slip in a case; it makes none fail. */
  readonly warnings: readonly Finding[];
  /** Cases that `--filter` left out. */
  readonly leftOut: number;
  readonly coverage?: Coverage | undefined;
  /** The coverage that is demanded, in per cent. */
  readonly threshold?: number | undefined;
  /** Absent: it was not asked for, or a case failed. */
  readonly mutation?: MutationReport | undefined;
  readonly sources: readonly SourceFile[];
}

/** The mutants, and the survivors as findings. */
export interface MutationReport extends MutationRun {
  readonly findings: readonly Finding[];
}

/** Cases that passed and failed. */
export function countsOf({ results }: TestReport): {
  readonly passed: number;
  readonly failed: number;
} {
  const failed = results.filter(({ findings }) => findings.length > 0).length;
  return { passed: results.length - failed, failed };
}

/** What is wrong with the coverage, or nothing. */
export function coverageProblem({ coverage, threshold }: TestReport): string | undefined {
  if (coverage === undefined || threshold === undefined) return undefined;
  const percent = percentOf(coverage);
  if (percent >= threshold) return undefined;
  return `the coverage is ${String(percent)} %, and ${String(threshold)} % are demanded`;
}

/** True if nothing failed: no case, no threshold, and no mutant survived. */
export function isPassed(report: TestReport): boolean {
  const survived = report.mutation?.findings.length ?? 0;
  return countsOf(report).failed + survived === 0 && coverageProblem(report) === undefined;
}
