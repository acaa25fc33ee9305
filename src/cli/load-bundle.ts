import type { Bundle } from '../core/engine/bundle';
import type { Finding } from '../core/model/finding';
import type { PolicyRoot } from '../ports/service-config';
import type { LoadFindingCode } from '../service/load-finding';
import type { LoadedPolicies } from '../service/policy-loader';
import { loadPolicies } from '../service/policy-loader';
import type { ParsedArguments } from './parsed-arguments';
import type { CommandContext } from './command-context';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { rootsOf } from './policy-roots';
import { summaryLine, summaryOf } from './reporters/lint-summary';
import { findingReport } from './reporters/findings-text';

/** Loads what `--policy` and `--catalog` name, or the given roots, as `ambit serve` would. */
export async function loadFrom(
  parsed: ParsedArguments,
  context: CommandContext,
  given?: readonly PolicyRoot[],
): Promise<LoadedPolicies> {
  const { dependencies } = context;
  const dialects = await dependencies.loadDialects();
  const names = dialects.map((dialect) => dialect.name);
  const roots = given ?? rootsOf(parsed, names);
  const { reader, digestOf } = dependencies;
  return loadPolicies({ roots, reader, dialects, digestOf });
}

/**
 * The bundle of a command that needs one. Files with errors give none: the errors go to the error stream as
 * `ambit lint` shows them, and the exit code says what kind they are.
 */
export async function bundleOrReport(
  parsed: ParsedArguments,
  context: CommandContext,
): Promise<{ readonly bundle: Bundle } | { readonly exitCode: ExitCode }> {
  return reportUnlessLoaded(await loadFrom(parsed, context), context);
}

/** The bundle of what was loaded, or the errors that keep it from being one, on the error stream. */
export function reportUnlessLoaded(
  loaded: LoadedPolicies,
  context: CommandContext,
): { readonly bundle: Bundle } | { readonly exitCode: ExitCode } {
  if (loaded.bundle !== undefined) return { bundle: loaded.bundle };
  const errors = loaded.findings.filter((finding) => finding.severity === 'error');
  const { errorPalette: palette, dependencies } = context;
  const report = findingReport({ findings: errors, sources: loaded.sources }, palette);
  dependencies.stderr.write(`${report}\n${summaryLine(summaryOf(loaded, errors), palette)}\n`);
  return { exitCode: saysUnreadable(errors) ? EXIT_CODES.usage : EXIT_CODES.findings };
}

/** True if something could not be read, or nothing was there: a mistake of the call, not of a file. */
export function saysUnreadable(findings: readonly Finding[]): boolean {
  return findings.some((finding) => UNREADABLE_CODES.includes(finding.code));
}

/** An error if the files hold nothing that could be checked: a check of nothing must never look clean. */
export function checkedNothing(loaded: LoadedPolicies): readonly Finding[] {
  const documents = loaded.set?.documents.map(({ document }) => document);
  const holdsSomething = documents?.some(
    ({ policies, providers, endpoints, credentials, targets }) =>
      [policies, providers, endpoints, credentials, targets].some((list) => list.length > 0),
  );
  if (documents === undefined || holdsSomething === true || loaded.tests.length > 0) return [];
  return [
    {
      severity: 'error',
      code: NOTHING_CHECKED,
      message: 'nothing was checked: the files hold no policy and no target',
      help: 'name a file that holds a policy or a catalog',
      position: { file: loaded.sources[0]?.name ?? 'no file', line: 0, column: 0 },
      endColumn: 0,
    },
  ];
}

const NOTHING_CHECKED = 'nothing_checked' satisfies LoadFindingCode;

/** Findings that are about the call, and not about what stands in a file. */
const UNREADABLE_CODES: readonly string[] = [
  'unreadable_file',
  'unknown_dialect',
  'no_policy_files',
  NOTHING_CHECKED,
  'unusable_tls',
  'unusable_tracing',
  'unusable_audit',
] satisfies readonly LoadFindingCode[];
