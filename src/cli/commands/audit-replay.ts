import type { TrailTools } from '../../ports/trail-tools';
import { createBundleShelf, type FindBundle } from '../../service/replay/bundle-shelf';
import type { ReplayReport } from '../../service/replay/replay-report';
import { replayTrail } from '../../service/replay/replay-trail';
import { readTrail } from '../../service/trail/read-trail';
import type { CommandRun } from '../command';
import { printJson, type CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import type { ParsedArguments } from '../parsed-arguments';
import { replayDocument } from '../reporters/replay-json';
import { replayText } from '../reporters/replay-text';
import { bareDirectory, recordsOf, unreadable, type RecordsDirectory } from '../trail-options';
import { UsageError } from '../usage-error';
import { windowOf } from '../window';

/**
 * Decides again what a trail records.
 *
 * @public load-command.ts requires it by name
 */
export const runAuditReplay: CommandRun = async (parsed, context) => {
  const window = windowOf(parsed);
  const tools = await context.dependencies.loadTrailTools();
  const records = await recordsOf(parsed, tools);
  const findBundle = await shelfOf(bundlesOf(parsed, records), context, tools);
  const entries = readTrail({ reader: records.reader, crypto: tools.crypto });
  const report = await replayTrail({ entries, findBundle, window }).catch((error: unknown) => {
    throw unreadable(records.directory, error);
  });
  if (parsed.value('format') === 'json') printJson(context, replayDocument(report, records));
  else context.dependencies.stdout.write(replayText(report, records, context.palette));
  return exitCodeOf(report);
};

function bundlesOf(parsed: ParsedArguments, { directory }: RecordsDirectory): string {
  return bareDirectory(parsed.value('bundles') ?? `${directory}/bundles`);
}

async function shelfOf(
  directory: string,
  { dependencies: { digestOf, loadDialects } }: CommandContext,
  tools: TrailTools,
): Promise<FindBundle> {
  try {
    return await createBundleShelf(tools.readerIn(directory), { digestOf, loadDialects });
  } catch {
    throw new UsageError(
      `\`${directory}\` cannot be read`,
      'name the directory of stored bundles: `--bundles DIR`',
    );
  }
}

/** Where nothing was decided again, nothing is shown. */
function exitCodeOf({ findings, replayed }: ReplayReport): ExitCode {
  if (findings.count > 0) return EXIT_CODES.findings;
  return replayed > 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
}
