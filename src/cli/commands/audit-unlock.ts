import type { CommandRun } from '../command';
import { printLine } from '../command-context';
import { EXIT_CODES } from '../exit-codes';
import { printFailure } from '../failures';
import { escapeText } from '../text';
import { oneDirectoryOf, unreadable } from '../trail-options';

/**
 * Removes the lock of a trail, unless its writer lives or may live.
 *
 * @public load-command.ts requires it by name
 */
export const runAuditUnlock: CommandRun = async (parsed, context) => {
  const directory = oneDirectoryOf(parsed, 'audit unlock');
  const tools = await context.dependencies.loadTrailTools();
  const unlocking = await tools
    .unlock(directory, parsed.value('holder'))
    .catch((error: unknown) => {
      throw unreadable(directory, error);
    });
  switch (unlocking.result) {
    case 'free':
      printLine(context, escapeText(`free: nobody holds \`${directory}\``));
      return EXIT_CODES.ok;
    case 'unlocked':
      // The name of the host stands in a file that anybody may have written.
      printLine(context, escapeText(`unlocked: \`${directory}\`, which ${unlocking.holder} held`));
      return EXIT_CODES.ok;
    case 'kept':
      printFailure(context, unlocking.problem);
      return EXIT_CODES.findings;
  }
};
