import type { CommandRun } from '../command';
import { printLine } from '../command-context';
import { EXIT_CODES } from '../exit-codes';
import { printFailure } from '../failures';
import { connectTo } from '../server-connection';
import { escapeText } from '../text';
import { DEFAULT_LISTEN } from '../../platform/config/defaults';

/**
 * Asks the health service, and prints its answer.
 *
 * @public load-command.ts requires it by name
 */
export const runHealth: CommandRun = async (parsed, context) => {
  const address = parsed.value('server') ?? DEFAULT_LISTEN;
  const service = parsed.value('service') ?? '';
  const client = await connectTo(address, parsed, context);
  try {
    const result = await client.health(service);
    if ('failure' in result) {
      const { kind, message } = result.failure;
      const help = kind === 'unreachable' ? 'is `ambit serve` running there?' : undefined;
      printFailure(context, `no answer from \`${address}\`: ${message}`, help);
      return EXIT_CODES.noAnswer;
    }
    const subject = service === '' ? '' : ` ${service}`;
    printLine(context, escapeText(`${result.answer}${subject}`));
    return result.answer === 'serving' ? EXIT_CODES.ok : EXIT_CODES.findings;
  } finally {
    client.close();
  }
};
