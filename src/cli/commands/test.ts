import type { Bundle } from '../../core/engine/bundle';
import { nearestName } from '../../dialects/yaml/nearest';
import { coverageOf } from '../../service/policy-tests/coverage';
import { runMutants, survivorFinding } from '../../service/policy-tests/run-mutants';
import {
  nameOf,
  runPolicyTests,
  selectCases,
  type PlacedCase,
} from '../../service/policy-tests/run-policy-tests';
import { scopeWarnings } from '../../service/policy-tests/scope-warnings';
import type { LoadedPolicies } from '../../service/policy-loader';
import type { CommandRun } from '../command';
import { printJson, type CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import { instantOf } from '../instant';
import { loadFrom, reportUnlessLoaded } from '../load-bundle';
import type { ParsedArguments } from '../parsed-arguments';
import { junitXml } from '../reporters/junit';
import { sourceLines } from '../reporters/source-lines';
import { testJson } from '../reporters/test-json';
import { testText, warningsText } from '../reporters/test-text';
import { endOfWord } from '../reporters/word-end';
import { isPassed, type MutationReport, type TestReport } from '../test-report';
import { UsageError } from '../usage-error';
import { watchFiles } from '../watch-files';

/**
 * Runs the cases of all PolicyTest documents in the files, once or after every change.
 *
 * @public load-command.ts requires it by name
 */
export const runTest: CommandRun = async (parsed, context) => {
  const threshold = thresholdOf(parsed.value('threshold'));
  const report = (loaded: LoadedPolicies): ExitCode =>
    runLoaded(loaded, { parsed, context, threshold });
  if (!parsed.has('watch')) return report(await loadFrom(parsed, context));
  if ((parsed.value('format') ?? 'text') !== 'text') {
    throw new UsageError(
      '`--watch` and a format for programs exclude each other',
      'leave `--format` out',
    );
  }
  return watchFiles({ parsed, context, report });
};

/** What the call asks for. */
interface Call {
  readonly parsed: ParsedArguments;
  readonly context: CommandContext;
  readonly threshold: number | undefined;
}

function runLoaded(loaded: LoadedPolicies, call: Call): ExitCode {
  const { parsed, context } = call;
  const ready = reportUnlessLoaded(loaded, context);
  if ('exitCode' in ready) return ready.exitCode;
  const cases = casesOf(loaded, call);
  const report = runCases(ready.bundle, cases, { loaded, call });
  print(report, parsed.value('format') ?? 'text', context);
  return isPassed(report) ? EXIT_CODES.ok : EXIT_CODES.findings;
}

/** The cases to run; none is an error, because a test of nothing must never look passed. */
function casesOf({ tests }: LoadedPolicies, { parsed, context }: Call): readonly PlacedCase[] {
  const nowMs = parsed.has('now') ? instantOf(parsed, context) : undefined;
  const all = selectCases(tests, {});
  if (all.length === 0) {
    throw new UsageError(
      'nothing was tested: the files hold no case',
      'add a document of `kind: PolicyTest`; docs/policy-tests.md shows one',
    );
  }
  const filter = parsed.value('filter');
  const cases = selectCases(tests, { filter, nowMs });
  if (cases.length > 0) return cases;
  const near = nearestName(filter ?? '', [
    ...tests.map(({ name }) => name),
    ...all.map(({ policyCase: { name } }) => name.value),
    ...all.map(nameOf),
  ]);
  throw new UsageError(
    `nothing was tested: no case matches \`${filter ?? ''}\``,
    near === undefined ? 'write a part of `DOCUMENT/CASE`' : `did you mean \`${near}\`?`,
  );
}

function runCases(
  bundle: Bundle,
  cases: readonly PlacedCase[],
  { loaded, call }: { readonly loaded: LoadedPolicies; readonly call: Call },
): TestReport {
  const { parsed, threshold } = call;
  const results = runPolicyTests(bundle, cases, nearestName);
  const hasFailed = results.some(({ findings }) => findings.length > 0);
  const wantsCoverage = parsed.has('coverage') || threshold !== undefined;
  return {
    results,
    warnings: scopeWarnings(bundle, cases, nearestName),
    leftOut: selectCases(loaded.tests, {}).length - cases.length,
    coverage: wantsCoverage ? coverageOf(bundle, cases) : undefined,
    threshold,
    // Cases that fail already would notice every mutant.
    mutation: parsed.has('mutate') && !hasFailed ? mutate(bundle, cases, loaded) : undefined,
    sources: loaded.sources,
  };
}

function mutate(
  bundle: Bundle,
  cases: readonly PlacedCase[],
  { sources }: LoadedPolicies,
): MutationReport {
  const run = runMutants(bundle, cases);
  const lines = sourceLines(sources);
  const findings = run.survivors.map((mutant) =>
    survivorFinding(mutant, endOfWord(mutant.rule.position, lines)),
  );
  return { ...run, findings };
}

function thresholdOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const percent = Number(text);
  if (/^\d+$/.test(text) && percent >= 1 && percent <= 100) return percent;
  throw new UsageError(
    `\`${text}\` is no percentage of \`--threshold\``,
    'write a whole number from 1 to 100, such as `--threshold 100`',
  );
}

function print(report: TestReport, format: string, context: CommandContext): void {
  switch (format) {
    case 'json':
      printJson(context, testJson(report));
      return;
    case 'junit':
      // The form has no place for what fails no test.
      context.dependencies.stderr.write(warningsText(report, context.errorPalette));
      context.dependencies.stdout.write(junitXml(report));
      return;
    default:
      context.dependencies.stdout.write(testText(report, context.palette));
  }
}
