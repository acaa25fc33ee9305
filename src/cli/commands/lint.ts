import { lintSet } from '../../core/lint/lint-set';
import type { Finding } from '../../core/model/finding';
import type { SourceFile } from '../../ports/policy-dialect';
import type { PolicyRoot } from '../../ports/service-config';
import type { LoadedPolicies } from '../../service/policy-loader';
import type { ParsedArguments } from '../parsed-arguments';
import type { CommandRun } from '../command';
import type { CommandContext } from '../command-context';
import type { ExitCode } from '../exit-codes';
import { instantOf } from '../instant';
import { checkedNothing, loadFrom } from '../load-bundle';
import { reportFindings } from '../report-findings';
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
  return reportFindings(parsed, context, { loaded: { ...loaded, findings } });
}

/** What is loaded where a configuration is too wrong to say from where: its own findings are all there is. */
const NO_FILES: LoadedPolicies = { findings: [], sources: [], expansions: {}, tests: [] };
