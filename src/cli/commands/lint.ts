import { lintSet } from '../../core/lint/lint-set';
import type { Finding } from '../../core/model/finding';
import type { SourceFile } from '../../ports/policy-dialect';
import type { PolicyRoot } from '../../ports/service-config';
import type { LoadedPolicies } from '../../service/policy-loader';
import type { ParsedArguments } from '../parsed-arguments';
import type { CommandRun } from '../command';
import { printJson, printLine, type CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import { instantOf } from '../instant';
import { checkedNothing, loadFrom, saysUnreadable } from '../load-bundle';
import { findingsJson } from '../reporters/findings-json';
import { findingReport } from '../reporters/findings-text';
import { summaryLine, summaryOf } from '../reporters/lint-summary';
import { sarifLog } from '../reporters/sarif';
import { testedDenials } from '../tested-denials';

/**
 * Loads the files, lints what they state together, and reports all findings on the standard output.
 *
 * @public load-command.ts requires it by name
 */
export const runLint: CommandRun = (parsed, context) => lintRoots(parsed, context);

/** What is linted in place of what the arguments name, and what was found before. */
interface Given {
  readonly roots: readonly PolicyRoot[];
  readonly findings: readonly Finding[];
  readonly sources: readonly SourceFile[];
}

/** Lints the given roots, or those that the arguments name. */
export async function lintRoots(
  parsed: ParsedArguments,
  context: CommandContext,
  given?: Given,
): Promise<ExitCode> {
  const nowMs = instantOf(parsed, context);
  const files =
    given?.roots.length === 0 ? NO_FILES : await loadFrom(parsed, context, given?.roots);
  const loaded = {
    ...files,
    findings: [...(given?.findings ?? []), ...files.findings],
    sources: [...(given?.sources ?? []), ...files.sources],
  };
  const linted =
    loaded.set === undefined ? [] : lintSet(loaded.set, nowMs, testedDenials(loaded.tests));
  const findings = [...loaded.findings, ...linted, ...checkedNothing(loaded)];
  const exitCode = exitCodeOfLint(findings, parsed.has('strict'));
  print(parsed, context, { loaded: { ...loaded, findings }, exitCode });
  return exitCode;
}

/** What is loaded where a configuration is too wrong to say from where: its own findings are all there is. */
const NO_FILES: LoadedPolicies = { findings: [], sources: [], tests: [] };

/** What a run of lint came to. */
interface LintResult {
  readonly loaded: LoadedPolicies;
  readonly exitCode: ExitCode;
}

function print(parsed: ParsedArguments, context: CommandContext, result: LintResult): void {
  const { loaded, exitCode } = result;
  const { dependencies, palette } = context;
  const summary = summaryOf(loaded, loaded.findings);
  const format = parsed.value('format');
  if (format === 'json') {
    printJson(context, findingsJson(loaded.findings, summary));
  } else if (format === 'sarif') {
    const { version, digestOf } = dependencies;
    printJson(context, sarifLog({ ...loaded, exitCode, version, digestOf }));
  } else {
    const report = findingReport(loaded, palette);
    if (report !== '') printLine(context, report);
    printLine(context, summaryLine(summary, palette));
  }
}

function exitCodeOfLint(findings: readonly Finding[], strict: boolean): ExitCode {
  if (saysUnreadable(findings)) return EXIT_CODES.usage;
  const counted = findings.filter((finding) => strict || finding.severity === 'error');
  return counted.length > 0 ? EXIT_CODES.findings : EXIT_CODES.ok;
}
