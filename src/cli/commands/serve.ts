import type { LogLevel, ServeFailure, ServeOptions } from '../../ports/server-runner';
import type { ParsedArguments } from '../parsed-arguments';
import type { CommandRun } from '../command';
import type { CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import { printFailure } from '../failures';
import { saysUnreadable } from '../load-bundle';
import { rootsOf } from '../policy-roots';
import { findingReport } from '../reporters/findings-text';
import { UsageError } from '../usage-error';
import { runLint } from './lint';
import { DEFAULT_LISTEN, LOG_LEVELS } from './serve-defaults';

/**
 * Starts the service and waits for its end; with `--check`, only looks at the files as `ambit lint` does.
 *
 * @public load-command.ts requires it by name
 */
export const runServe: CommandRun = async (parsed, context) => {
  if (parsed.has('check')) return runLint(parsed, context);
  const options = await serveOptionsOf(parsed, context);
  const runServer = await context.dependencies.loadRunServer();
  const started = await runServer(options);
  if ('failure' in started) return reportFailure(started.failure, context);
  await started.server.stopped;
  return EXIT_CODES.ok;
};

async function serveOptionsOf(
  parsed: ParsedArguments,
  context: CommandContext,
): Promise<ServeOptions> {
  const dialects = await context.dependencies.loadDialects();
  const roots = rootsOf(
    parsed,
    dialects.map((dialect) => dialect.name),
  );
  const listen = parsed.values('listen');
  const maxStalenessMs = millisecondsOf(parsed, 'max-staleness');
  return {
    roots,
    listen: listen.length > 0 ? listen : [DEFAULT_LISTEN],
    insecure: parsed.has('insecure'),
    logLevel: logLevelOf(parsed.value('log-level')),
    ...(maxStalenessMs === undefined ? {} : { maxStalenessMs }),
  };
}

// The parser has refused every other text.
function logLevelOf(text: string | undefined): LogLevel {
  return LOG_LEVELS.find((level) => level === text) ?? 'info';
}

function millisecondsOf(parsed: ParsedArguments, option: string): number | undefined {
  const text = parsed.value(option);
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds === 0) {
    throw new UsageError(
      `\`${text}\` is no number of seconds of \`--${option}\``,
      `write a number above zero, such as \`--${option} 300\``,
    );
  }
  return seconds * 1000;
}

function reportFailure(failure: ServeFailure, context: CommandContext): ExitCode {
  switch (failure.kind) {
    case 'address':
      printFailure(context, failure.message);
      return EXIT_CODES.usage;
    case 'policies': {
      const errors = failure.findings.filter((finding) => finding.severity === 'error');
      const report = { findings: errors, sources: failure.sources };
      context.dependencies.stderr.write(findingReport(report, context.errorPalette));
      return saysUnreadable(errors) ? EXIT_CODES.usage : EXIT_CODES.findings;
    }
  }
}
