import type { TrailTools } from '../../ports/trail-tools';
import { summarize } from '../../service/report/summarize';
import { readTrail } from '../../service/trail/read-trail';
import { verifyTrail } from '../../service/trail/verify-trail';
import type { CommandRun } from '../command';
import { printJson, type CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import type { ParsedArguments } from '../parsed-arguments';
import { reportDocument, unreadableIn, type AuditReport } from '../reporters/report-document';
import { reportPage } from '../reporters/report-html';
import { reportText } from '../reporters/report-text';
import { isProven } from '../reporters/trail-report';
import { publicKeysOf, recordsOf, unreadable, type RecordsDirectory } from '../trail-options';
import { windowOf } from '../window';

/**
 * Sums up a trail for auditors.
 *
 * @public load-command.ts requires it by name
 */
export const runAuditReport: CommandRun = async (parsed, context) => {
  const tools = await context.dependencies.loadTrailTools();
  const keys = await publicKeysOf(parsed, context, tools);
  const report = await reportOn(parsed, await recordsOf(parsed, tools), { tools, keys });
  print(report, parsed, context);
  return exitCodeOf(report);
};

interface Proving {
  readonly tools: TrailTools;
  readonly keys: readonly string[];
}

async function reportOn(
  parsed: ParsedArguments,
  { directory, reader }: RecordsDirectory,
  { tools: { crypto }, keys }: Proving,
): Promise<AuditReport> {
  const window = windowOf(parsed);
  const tenant = parsed.value('tenant');
  const asked = { window, ...(tenant === undefined ? {} : { tenant }) };
  try {
    const proof =
      keys.length === 0 ? undefined : await verifyTrail({ reader, crypto, keys, head: undefined });
    const provenTo = proof === undefined ? {} : { provenTo: proof.proven?.sequence ?? 0 };
    const entries = readTrail({ reader, crypto });
    return {
      directory,
      ...asked,
      proof,
      summary: await summarize({ entries, ...asked, ...provenTo }),
    };
  } catch (error) {
    throw unreadable(directory, error);
  }
}

function print(report: AuditReport, parsed: ParsedArguments, context: CommandContext): void {
  const { stdout, digestOf } = context.dependencies;
  const format = parsed.value('format');
  if (format === 'json') printJson(context, reportDocument(report));
  else if (format === 'html') stdout.write(reportPage(report, digestOf));
  else stdout.write(reportText(report, context.palette));
}

/** What is not as it was written, or cannot be read, makes every sum one of something else. */
function exitCodeOf({ proof, summary }: AuditReport): ExitCode {
  const isWhole = unreadableIn(summary) === 0 && (proof === undefined || isProven(proof));
  return isWhole ? EXIT_CODES.ok : EXIT_CODES.findings;
}
