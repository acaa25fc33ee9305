import type { CommandContext } from './command-context';
import { parseArguments } from './arguments';
import { COMMANDS } from './commands';
import type { CliDependencies } from './dependencies';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { reportThrown } from './failures';
import { findCommand, type FoundCommand } from './find-command';
import { commandHelp, programHelp } from './help';
import { loadCommand } from './load-command';
import { nearestName } from '../dialects/yaml/nearest';
import { createPalette, wantsColor, type ColorChoice } from './palette';
import { UsageError } from './usage-error';

/** Switches that may stand before the command, too. */
const LEADING_SWITCHES: readonly string[] = [
  '--color',
  '--no-color',
  '--help',
  '-h',
  '--version',
  '-V',
];

/**
 * Runs the command line: `argv` is what follows the program's name. Answers with the exit code (see
 * `EXIT_CODES`); never rejects, never ends the process, and writes only to the streams it is given.
 */
export async function runCli(
  argv: readonly string[],
  dependencies: CliDependencies,
): Promise<number> {
  const context = contextOf(argv, dependencies);
  try {
    return await dispatch(argv, context);
  } catch (thrown) {
    return reportThrown(context, thrown);
  }
}

function contextOf(argv: readonly string[], dependencies: CliDependencies): CommandContext {
  const { stdout, stderr, environment } = dependencies;
  const flag = argv.findLast((argument) => argument === '--color' || argument === '--no-color');
  const choice: ColorChoice =
    flag === undefined ? undefined : flag === '--color' ? 'always' : 'never';
  return {
    dependencies,
    palette: createPalette(wantsColor(choice, stdout, environment)),
    errorPalette: createPalette(wantsColor(choice, stderr, environment)),
  };
}

async function dispatch(argv: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { dependencies, palette } = context;
  const leading = leadingSwitches(argv);
  const [name, ...rest] = argv.slice(leading.length);
  if (leading.includes('--version') || leading.includes('-V')) {
    dependencies.stdout.write(`ambit ${dependencies.version}\n`);
    return EXIT_CODES.ok;
  }
  const asksHelp = name === 'help' || leading.includes('--help') || leading.includes('-h');
  const words = name === 'help' ? rest : argv.slice(leading.length);
  if (words[0] === undefined) return showProgramHelp(asksHelp, context);
  rejectUnknownSwitch(words[0]);
  const found = findCommand(COMMANDS, words);
  if (asksHelp || found.rest.includes('--help') || found.rest.includes('-h')) {
    dependencies.stdout.write(commandHelp(found.spec, palette));
    return EXIT_CODES.ok;
  }
  return runCommand(found, context);
}

async function runCommand({ spec, rest }: FoundCommand, context: CommandContext) {
  const parsed = parseArguments(spec, rest);
  if (spec.subcommands === undefined) return loadCommand(spec.name)(parsed, context);
  // As without any command: nothing was done, and the exit code says so.
  context.dependencies.stderr.write(commandHelp(spec, context.errorPalette));
  return EXIT_CODES.usage;
}

function leadingSwitches(argv: readonly string[]): readonly string[] {
  const end = argv.findIndex((argument) => !LEADING_SWITCHES.includes(argument));
  return end === -1 ? argv : argv.slice(0, end);
}

// Without a command nothing was done, so the help goes to the error stream and the exit code says so.
function showProgramHelp(asked: boolean, context: CommandContext): ExitCode {
  const { stdout, stderr } = context.dependencies;
  if (asked) stdout.write(programHelp(COMMANDS, context.palette));
  else stderr.write(programHelp(COMMANDS, context.errorPalette));
  return asked ? EXIT_CODES.ok : EXIT_CODES.usage;
}

function rejectUnknownSwitch(word: string): void {
  if (!word.startsWith('-')) return;
  const nearest = nearestName(
    word.replace(/^-+/, ''),
    LEADING_SWITCHES.map((flag) => flag.replace(/^-+/, '')),
  );
  throw new UsageError(
    `unknown option \`${word}\``,
    nearest === undefined
      ? 'see `ambit --help` for the commands'
      : `did you mean \`--${nearest}\`?`,
  );
}
