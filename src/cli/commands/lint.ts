import { lintSet } from '../../core/lint/lint-set';
import type { Finding } from '../../core/model/finding';
import type { LoadedPolicies } from '../../service/policy-loader';
import { markWholeWords } from '../../service/whole-words';
import type { ParsedArguments } from '../parsed-arguments';
import type { CommandRun } from '../command';
import { printJson, printLine, type CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import { instantOf } from '../instant';
import { checkedNothing, loadFrom, saysUnreadable } from '../load-bundle';
import { findingsJson } from '../reporters/findings-json';
import { findingReport } from '../reporters/findings-text';
import { summaryLine, summaryOf } from '../reporters/lint-summary';

/** Loads the files, lints what they state together, and reports all findings on the standard output. */
export const runLint: CommandRun = async (parsed, context) => {
  const nowMs = instantOf(parsed, context);
  const loaded = await loadFrom(parsed, context);
  const linted = loaded.set === undefined ? [] : lintSet(loaded.set, nowMs);
  const marked = markWholeWords(linted, loaded.sources);
  const findings = [...loaded.findings, ...marked, ...checkedNothing(loaded)];
  print(parsed, context, { ...loaded, findings });
  return exitCodeOfLint(findings, parsed.has('strict'));
};

function print(parsed: ParsedArguments, context: CommandContext, loaded: LoadedPolicies): void {
  const summary = summaryOf(loaded, loaded.findings);
  if (parsed.value('format') === 'json') {
    printJson(context, findingsJson(loaded.findings, summary));
    return;
  }
  const report = findingReport(loaded, context.palette);
  if (report !== '') printLine(context, report);
  printLine(context, summaryLine(summary, context.palette));
}

function exitCodeOfLint(findings: readonly Finding[], strict: boolean): ExitCode {
  if (saysUnreadable(findings)) return EXIT_CODES.usage;
  const counted = findings.filter((finding) => strict || finding.severity === 'error');
  return counted.length > 0 ? EXIT_CODES.findings : EXIT_CODES.ok;
}
