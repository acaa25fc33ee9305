import type { TrailPosition } from '../../ports/trail';
import type { TrailTools } from '../../ports/trail-tools';
import { verifyTrail, type TrailReport } from '../../service/trail/verify-trail';
import type { CommandRun } from '../command';
import { printJson } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import { isProven, trailReportDocument, trailReportText } from '../reporters/trail-report';
import { headOf, oneDirectoryOf, publicKeysOf, unreadable } from '../trail-options';
import { UsageError } from '../usage-error';

/**
 * Follows a trail in a directory.
 *
 * @public load-command.ts requires it by name
 */
export const runAuditVerify: CommandRun = async (parsed, context) => {
  const directory = oneDirectoryOf(parsed, 'audit verify');
  const tools = await context.dependencies.loadTrailTools();
  if (parsed.values('key').length === 0) {
    throw new UsageError('`--key` is missing', 'name a public key: `--key FILE`');
  }
  const report = await reportOn(tools, directory, {
    keys: await publicKeysOf(parsed, context, tools),
    head: headOf(parsed),
  });
  if (parsed.value('format') === 'json') printJson(context, trailReportDocument(report, directory));
  else context.dependencies.stdout.write(trailReportText(report, directory, context.palette));
  return exitCodeOf(report);
};

async function reportOn(
  tools: TrailTools,
  directory: string,
  held: { readonly keys: readonly string[]; readonly head: TrailPosition | undefined },
): Promise<TrailReport> {
  try {
    const { crypto } = tools;
    return await verifyTrail({ reader: tools.readerIn(directory), crypto, ...held });
  } catch (error) {
    throw unreadable(directory, error);
  }
}

/** A trail without a line, like one that cannot be read, proves nothing. */
function exitCodeOf(report: TrailReport): ExitCode {
  if (report.findings.count > 0) return EXIT_CODES.findings;
  return isProven(report) ? EXIT_CODES.ok : EXIT_CODES.usage;
}
