import type { CommandContext } from './command-context';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { escapeText } from './text';
import { UsageError } from './usage-error';

/** Tells of a failure on the error stream, with the way out, and never with a stack. */
export function printFailure(context: CommandContext, message: string, help?: string): void {
  const { errorPalette: palette, dependencies } = context;
  dependencies.stderr.write(`${palette.red('error')}: ${escapeText(message)}\n`);
  printHelp(context, help);
}

/** Tells on the error stream of what is likely a slip and changes nothing. */
export function printWarning(context: CommandContext, message: string, help?: string): void {
  const { errorPalette: palette, dependencies } = context;
  dependencies.stderr.write(`${palette.yellow('warning')}: ${escapeText(message)}\n`);
  printHelp(context, help);
}

function printHelp({ errorPalette, dependencies }: CommandContext, help: string | undefined): void {
  if (help === undefined) return;
  dependencies.stderr.write(`${errorPalette.blue('help')}: ${escapeText(help)}\n`);
}

/** Turns what a command throws into a line and an exit code. `AMBIT_DEBUG=1` shows where a defect is. */
export function reportThrown(context: CommandContext, thrown: unknown): ExitCode {
  if (thrown instanceof UsageError) {
    printFailure(context, thrown.message, thrown.help);
    return EXIT_CODES.usage;
  }
  const message =
    thrown instanceof Error ? thrown.message : 'something that is no error was thrown';
  printFailure(
    context,
    `unexpected: ${message}`,
    'this is a defect of ambit; AMBIT_DEBUG=1 shows where it is',
  );
  const { environment, stderr } = context.dependencies;
  const wantsStack = (environment['AMBIT_DEBUG'] ?? '') !== '';
  if (wantsStack && thrown instanceof Error && thrown.stack !== undefined) {
    stderr.write(`${thrown.stack.split('\n').map(escapeText).join('\n')}\n`);
  }
  return EXIT_CODES.usage;
}
