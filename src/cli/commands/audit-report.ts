import type { TrailPosition } from '../../ports/trail';
import type { TrailTools } from '../../ports/trail-tools';
import { summarize } from '../../service/report/summarize';
import { withdrawnIn } from '../../service/report/withdrawn-in';
import { linesFile } from '../../service/trail/file-names';
import { readTrail } from '../../service/trail/read-trail';
import { createSteadyReader } from '../../service/trail/steady-reader';
import { verifyTrail, type TrailReport } from '../../service/trail/verify-trail';
import type { CommandRun } from '../command';
import { printJson, type CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import type { ParsedArguments } from '../parsed-arguments';
import { reportDocument, unreadableIn, type AuditReport } from '../reporters/report-document';
import { reportPage } from '../reporters/report-html';
import { reportText } from '../reporters/report-text';
import { isProven } from '../reporters/trail-report';
import {
  headOf,
  publicKeysOf,
  recordsOf,
  unreadable,
  type RecordsDirectory,
} from '../trail-options';
import { UsageError } from '../usage-error';
import { windowOf } from '../window';

/**
 * Sums up a trail for auditors.
 *
 * @public load-command.ts requires it by name
 */
export const runAuditReport: CommandRun = async (parsed, context) => {
  const tools = await context.dependencies.loadTrailTools();
  const keys = await publicKeysOf(parsed, context, tools);
  const head = headOf(parsed);
  if (head !== undefined && keys.length === 0) {
    throw new UsageError(
      '`--head` says nothing without `--key`',
      'name a public key: `--key FILE`',
    );
  }
  const report = await reportOn(parsed, await recordsOf(parsed, tools), { tools, keys, head });
  print(report, parsed, context);
  return exitCodeOf(report);
};

interface Proving {
  readonly tools: TrailTools;
  readonly keys: readonly string[];
  readonly head: TrailPosition | undefined;
}

async function reportOn(
  parsed: ParsedArguments,
  { directory, reader: files }: RecordsDirectory,
  { tools: { crypto }, keys, head }: Proving,
): Promise<AuditReport> {
  // The trail is read three times, and whoever keeps it may change it meanwhile.
  const reader = createSteadyReader(files, crypto);
  const window = windowOf(parsed);
  const tenant = parsed.value('tenant');
  const asked = { window, ...(tenant === undefined ? {} : { tenant }) };
  try {
    const proof = keys.length === 0 ? undefined : await verifyTrail({ reader, crypto, keys, head });
    const provenTo = proof === undefined ? undefined : lastFileOf(proof);
    const withdrawn = await withdrawnIn(readTrail({ reader, crypto }), provenTo);
    const entries = readTrail({ reader, crypto });
    return {
      directory,
      ...asked,
      proof,
      summary: await summarize({
        ...{ entries, withdrawn, ...asked },
        ...(provenTo === undefined ? {} : { provenTo }),
      }),
    };
  } catch (error) {
    throw unreadable(directory, error);
  }
}

/** The last file that is proven; empty: none is. */
function lastFileOf({ proven }: TrailReport): string {
  return proven === undefined ? '' : linesFile(proven.segment);
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
