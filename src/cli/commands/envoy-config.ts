import { EMPTY_CONTEXT } from '../../core/model/request';
import type { RequestContext } from '../../core/model/request';
import { scopeIn } from '../../ports/own-extensions';
import type { LoadedPolicies } from '../../service/policy-loader';
import type { CommandRun } from '../command';
import type { CommandContext } from '../command-context';
import { envoyOptionsOf } from '../envoy-options';
import { EXIT_CODES } from '../exit-codes';
import { loadFrom, reportUnlessLoaded } from '../load-bundle';
import { findingReport } from '../reporters/findings-text';
import { warnOfBlockedScope, warnOfNoneEligible, warnOfUnnamedScope } from '../scope-hints';
import { countOf } from '../text';
import { UsageError } from '../usage-error';

/**
 * Writes a configuration of Envoy to the standard output, and what is to be said of the targets to the error stream.
 *
 * @public load-command.ts requires it by name
 */
export const runEnvoyConfig: CommandRun = async (parsed, context) => {
  const options = envoyOptionsOf(parsed);
  const loaded = await loadFrom(parsed, context);
  const usable = reportUnlessLoaded(loaded, context);
  if ('exitCode' in usable) return usable.exitCode;
  if (loaded.set === undefined) return EXIT_CODES.findings;
  const unknown = unknownTarget(loaded, options.caFiles);
  if (unknown !== undefined) {
    throw new UsageError(`\`--ca ${unknown}=…\` names no target`, 'name a target by its id');
  }
  const request = requestOf(options.context);
  warnOfUnnamedScope(usable.bundle, request, context);
  warnOfBlockedScope(usable.bundle, request, context);
  const write = await context.dependencies.loadEnvoyConfig();
  const { text, findings, targetIds } = write(loaded.set, options);
  tell(context, { ...loaded, findings });
  if (text === undefined) return EXIT_CODES.findings;
  const nowMs = context.dependencies.clock.nowMs();
  warnOfNoneEligible(usable.bundle, { request, nowMs, targetIds }, context);
  context.dependencies.stdout.write(text);
  const { bold } = context.errorPalette;
  context.dependencies.stderr.write(`${bold('written')}: ${countOf(targetIds.length, 'target')}\n`);
  return EXIT_CODES.ok;
};

/** For whom every request comes that the configuration asks about. */
function requestOf(extensions: ReadonlyMap<string, string>): RequestContext {
  const tenant = extensions.get('tenant');
  const said = { ...EMPTY_CONTEXT, ...(tenant === undefined ? {} : { tenant }) };
  return { ...said, scope: scopeIn(extensions) };
}

function unknownTarget(
  { set }: LoadedPolicies,
  caFiles: ReadonlyMap<string, string>,
): string | undefined {
  const ids = new Set(
    set?.documents.flatMap(({ document }) => document.targets.map(({ id }) => id)),
  );
  return [...caFiles.keys()].find((id) => !ids.has(id));
}

function tell(
  { dependencies, errorPalette }: CommandContext,
  loaded: Pick<LoadedPolicies, 'findings' | 'sources'>,
): void {
  const report = findingReport(loaded, errorPalette);
  if (report !== '') dependencies.stderr.write(`${report}\n`);
}
