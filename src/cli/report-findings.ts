import type { Finding } from '../core/model/finding';
import type { LoadedPolicies } from '../service/policy-loader';
import type { ParsedArguments } from './parsed-arguments';
import { printJson, printLine, type CommandContext } from './command-context';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { saysUnreadable } from './load-bundle';
import type { FindingRule } from './reporters/finding-advice';
import { findingsJson } from './reporters/findings-json';
import { findingReport } from './reporters/findings-text';
import { summaryLine, summaryOf } from './reporters/lint-summary';
import { sarifLog } from './reporters/sarif';

/** What was found in which files. */
interface Found {
  readonly loaded: LoadedPolicies;
  /** All codes that could have been found; absent: those of policies. */
  readonly rules?: readonly FindingRule[];
}

/** Prints findings as `--format` says, and tells by the exit code whether they count, which `--strict` makes all do. */
export function reportFindings(
  parsed: ParsedArguments,
  context: CommandContext,
  { loaded, rules }: Found,
): ExitCode {
  const { dependencies, palette } = context;
  const { findings } = loaded;
  const exitCode = exitCodeOf(findings, parsed.has('strict'));
  const summary = summaryOf(loaded, findings);
  const format = parsed.value('format');
  if (format === 'json') {
    printJson(context, findingsJson(findings, summary));
  } else if (format === 'sarif') {
    const { version, digestOf } = dependencies;
    const codes = rules === undefined ? {} : { rules };
    printJson(context, sarifLog({ ...loaded, ...codes, exitCode, version, digestOf }));
  } else {
    const report = findingReport(loaded, palette);
    if (report !== '') printLine(context, report);
    printLine(context, summaryLine(summary, palette));
  }
  return exitCode;
}

function exitCodeOf(findings: readonly Finding[], strict: boolean): ExitCode {
  if (saysUnreadable(findings)) return EXIT_CODES.usage;
  const counted = findings.filter((finding) => strict || finding.severity === 'error');
  return counted.length > 0 ? EXIT_CODES.findings : EXIT_CODES.ok;
}
