import type { Finding } from '../../core/model/finding';
import { readTlsMaterial } from '../../platform/tls-material';
import { allListeners } from '../../ports/service-config';
import type { ServeFailure } from '../../ports/server-runner';
import { errorAt, wholeFile } from '../../service/load-finding';
import type { CommandRun } from '../command';
import type { CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import { printFailure } from '../failures';
import { saysUnreadable } from '../load-bundle';
import type { ParsedArguments } from '../parsed-arguments';
import { findingReport } from '../reporters/findings-text';
import type { FindingSet } from '../reporters/findings-text';
import { readServeConfig } from '../serve-config';
import type { ServeConfig } from '../serve-config';
import { checkAudit } from '../check-audit';
import { checkExposed } from '../check-exposed';
import { checkTracing } from '../check-tracing';
import { lintRoots } from './lint';

/**
 * Starts the service and waits for its end; with `--check`, only looks at everything that a start would read.
 *
 * @public load-command.ts requires it by name
 */
export const runServe: CommandRun = async (parsed, context) => {
  const read = await readServeConfig(parsed, context);
  if (parsed.has('check')) return check(read, parsed, context);
  const { config } = read;
  if (config === undefined) return reportFindings(read, context);
  const runServer = await context.dependencies.loadRunServer();
  const started = await runServer(config);
  if ('failure' in started) return reportFailure(started.failure, context);
  await started.server.stopped;
  return EXIT_CODES.ok;
};

async function check(
  read: ServeConfig,
  parsed: ParsedArguments,
  context: CommandContext,
): Promise<ExitCode> {
  const tls = await checkTls(read, context);
  const tracing = await checkTracing(read, context.dependencies.environment);
  const audit = await checkAudit(read, context.dependencies);
  const exposed = await checkExposed(read);
  const findings = [...read.findings, ...tls, ...tracing, ...audit, ...exposed];
  return lintRoots(parsed, context, { ...read, findings });
}

/** Certificates are looked at, too: whoever checks wants to know whether it would start. */
async function checkTls(
  { config, tlsPlaces }: ServeConfig,
  { dependencies: { environment } }: CommandContext,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { address, tls } of config === undefined ? [] : allListeners(config)) {
    if (tls === undefined) continue;
    const read = await readTlsMaterial(tls, environment);
    if ('material' in read) continue;
    const at = tlsPlaces.get(tls)?.[read.part];
    const message = `cannot listen on \`${address}\`: ${read.problem}`;
    const finding = errorAt(at?.position ?? wholeFile(address), 'unusable_tls', message);
    findings.push(at === undefined ? finding : { ...finding, endColumn: at.endColumn });
  }
  return findings;
}

function reportFailure(failure: ServeFailure, context: CommandContext): ExitCode {
  switch (failure.kind) {
    case 'address':
    case 'audit':
      printFailure(context, failure.message);
      return EXIT_CODES.usage;
    case 'policies':
      return reportFindings(failure, context);
  }
}

function reportFindings({ findings, sources }: FindingSet, context: CommandContext): ExitCode {
  const errors = findings.filter((finding) => finding.severity === 'error');
  const report = findingReport({ findings: errors, sources }, context.errorPalette);
  context.dependencies.stderr.write(report);
  return saysUnreadable(errors) ? EXIT_CODES.usage : EXIT_CODES.findings;
}
