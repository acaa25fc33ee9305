import { nearestName } from '../dialects/yaml/nearest';
import type { CommandSpec } from './command';
import { UsageError } from './usage-error';

/** A command, or one of its sub-commands, and the arguments that follow its name. */
export interface FoundCommand {
  readonly spec: CommandSpec;
  readonly rest: readonly string[];
}

/**
 * Finds the command that the words begin with. A command that has sub-commands is itself the answer where none of them
 * is named. What is not known throws `UsageError` with a suggestion.
 */
export function findCommand(
  commands: readonly CommandSpec[],
  [name = '', ...rest]: readonly string[],
): FoundCommand {
  const spec = commands.find((command) => wordOf(command) === name);
  if (spec === undefined) throw unknownCommand(commands, name);
  const isDivided = spec.subcommands !== undefined && rest[0]?.startsWith('-') === false;
  return isDivided ? findCommand(spec.subcommands, rest) : { spec, rest };
}

/** The word by which a command is called, without that of the command that it is part of. */
export function wordOf({ name }: CommandSpec): string {
  return name.slice(name.lastIndexOf(' ') + 1);
}

/** The commands that do something by themselves, sub-commands included. */
export function runnable(commands: readonly CommandSpec[]): readonly CommandSpec[] {
  return commands.flatMap((command) =>
    command.subcommands === undefined ? [command] : runnable(command.subcommands),
  );
}

function unknownCommand(commands: readonly CommandSpec[], name: string): UsageError {
  // All siblings have the same words before their own.
  const first = commands[0]?.name ?? '';
  const parent = first.slice(0, first.lastIndexOf(' ') + 1);
  const nearest = nearestName(name, commands.map(wordOf));
  return new UsageError(
    `unknown command \`${parent}${name}\``,
    nearest === undefined
      ? `see \`ambit ${parent}--help\` for the commands`
      : `did you mean \`${parent}${nearest}\`?`,
  );
}
