import type { ParsedArguments } from './parsed-arguments';
import type { CommandContext } from './command-context';
import type { ExitCode } from './exit-codes';

/** One option of a command. An option with `value` takes one; without, it is a switch. */
export interface OptionSpec {
  /** Without the dashes. */
  readonly name: string;
  /** One letter. */
  readonly short?: string;
  /** What stands for the value in help: `FILE|DIR`. */
  readonly value?: string;
  /** The only values that it takes; they are completed, and others are usage errors. */
  readonly choices?: readonly string[];
  /** How often it may be given; `many` collects the values in order. */
  readonly times: 'once' | 'many';
  /** One line, lower-case. */
  readonly summary: string;
}

/** An invocation that help shows, and what it is good for. */
interface Example {
  readonly purpose: string;
  /** What follows `ambit`. */
  readonly line: string;
}

/** What a command is, apart from what it does: parsing, help and completion are made from this. */
export interface CommandSpec {
  /** What follows `ambit`: one word, and for a sub-command its command's word before it, as in `envoy config`. */
  readonly name: string;
  /** One line, lower-case. */
  readonly summary: string;
  /** A few lines for its help. */
  readonly description: readonly string[];
  /** What stands for arguments without a name, such as `[FILE|DIR ...]`; absent: it takes none. */
  readonly positionals?: string;
  /** What to write instead of an argument without a name, where it takes none and users give one. */
  readonly argumentHint?: string;
  /** The only values that the first argument without a name may have. */
  readonly positionalChoices?: readonly string[];
  readonly options: readonly OptionSpec[];
  /** What to write instead of options that it does not have and users look for, by their names without dashes. */
  readonly hints?: Readonly<Record<string, string>>;
  readonly examples: readonly Example[];
  /** What the command is divided into; it then does nothing by itself and has no options of its own. */
  readonly subcommands?: readonly CommandSpec[];
}

/** Does the work. Answers with the exit code; throws `UsageError` for what the user can mend. */
export type CommandRun = (
  parsed: ParsedArguments,
  context: CommandContext,
) => Promise<ExitCode> | ExitCode;
