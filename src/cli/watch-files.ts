import type { LoadedPolicies } from '../service/policy-loader';
import type { CommandContext } from './command-context';
import type { WatchParts } from './dependencies';
import type { ExitCode } from './exit-codes';
import { reportThrown } from './failures';
import { loadFrom } from './load-bundle';
import type { ParsedArguments } from './parsed-arguments';
import { UsageError } from './usage-error';

/** Readings of files that change while they are read, before what was read is taken as it is. */
const MAX_READINGS = 5;

/** What is done again after every change. */
export interface WatchedCommand {
  readonly parsed: ParsedArguments;
  readonly context: CommandContext;
  /** Shows what became of the files; answers with the exit code that it would end with. */
  readonly report: (loaded: LoadedPolicies) => ExitCode;
}

/**
 * Reports on the files that the arguments name, and again whenever one of them changes, until the process is asked to
 * end. The exit code is that of the last report.
 */
export async function watchFiles(command: WatchedCommand): Promise<ExitCode> {
  const { context } = command;
  const watch = await watchPartsOf(command);
  let last = await reportWhole(command, watch);
  const handle = watch.source.watch({
    onChange: async () => {
      context.dependencies.stdout.write('\na file has changed\n\n');
      last = await reportWhole(command, watch);
    },
    onUnchanged: () => undefined,
  });
  context.dependencies.stderr.write('waiting for changes; Ctrl-C ends\n');
  await watch.interrupted;
  handle.close();
  return last;
}

async function watchPartsOf({ parsed, context }: WatchedCommand): Promise<WatchParts> {
  const { loadWatch } = context.dependencies;
  const roots = [...parsed.values('policy'), ...parsed.values('catalog'), ...parsed.positionals];
  if (loadWatch === undefined || roots.some((root) => /^([a-z][a-z0-9_-]+:)?-$/.test(root))) {
    throw new UsageError(
      'what is not a file cannot be watched',
      'name files, or leave `--watch` out',
    );
  }
  return loadWatch();
}

// What is wrong with one state of the files, no case in them for instance, must not end the watch over the next.
async function reportWhole(command: WatchedCommand, watch: WatchParts): Promise<ExitCode> {
  const { context, report } = command;
  try {
    return report(await loadWhole(command, watch));
  } catch (thrown) {
    return reportThrown(context, thrown);
  }
}

async function loadWhole(command: WatchedCommand, watch: WatchParts): Promise<LoadedPolicies> {
  const { parsed, context } = command;
  for (let reading = 1; ; reading += 1) {
    const attempt = watch.source.open();
    const dependencies = { ...context.dependencies, reader: attempt.reader };
    const loaded = await loadFrom(parsed, { ...context, dependencies });
    if ((await attempt.isWhole()) || reading === MAX_READINGS) return loaded;
  }
}
