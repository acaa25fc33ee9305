import type { CommandRun } from '../command';
import { COMMANDS } from '../commands';
import { completionScript, SHELLS } from '../completion';
import { EXIT_CODES } from '../exit-codes';
import { UsageError } from '../usage-error';

/**
 * Prints the script for the shell that is named.
 *
 * @public load-command.ts requires it by name
 */
export const runCompletion: CommandRun = (parsed, context) => {
  const shell = SHELLS.find((name) => name === parsed.positionals[0]);
  if (shell === undefined || parsed.positionals.length > 1) {
    throw new UsageError(
      'completion is written for exactly one shell',
      'write `ambit completion bash`, `zsh` or `fish`',
    );
  }
  context.dependencies.stdout.write(completionScript(shell, COMMANDS));
  return EXIT_CODES.ok;
};
