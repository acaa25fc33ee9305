import { readTlsMaterial } from '../../platform/tls-material';
import type { ServeFailure } from '../../ports/server-runner';
import type { ServiceConfig } from '../../ports/service-config';
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
  const exitCode = await lintRoots(parsed, context, read);
  if (read.config === undefined) return exitCode;
  return (await checkTls(read.config, context)) ? exitCode : EXIT_CODES.usage;
}

/** Certificates are looked at, too: whoever checks wants to know whether it would start. */
async function checkTls({ listeners }: ServiceConfig, context: CommandContext): Promise<boolean> {
  let good = true;
  for (const { address, tls } of listeners) {
    if (tls === undefined) continue;
    const result = await readTlsMaterial(tls, context.dependencies.environment);
    if (!('problem' in result)) continue;
    printFailure(context, `cannot listen on \`${address}\`: ${result.problem}`);
    good = false;
  }
  return good;
}

function reportFailure(failure: ServeFailure, context: CommandContext): ExitCode {
  switch (failure.kind) {
    case 'address':
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
