import type { CommandRun } from '../command';
import { printLine } from '../command-context';
import { EXIT_CODES } from '../exit-codes';
import { UsageError } from '../usage-error';

/**
 * Makes the keys of a trail. An existing key is never replaced: what it has signed would lose its proof.
 *
 * @public load-command.ts requires it by name
 */
export const runAuditKeygen: CommandRun = async (parsed, context) => {
  const tools = await context.dependencies.loadTrailTools();
  const out = parsed.value('out');
  if (out === undefined) {
    throw new UsageError('`--out` is missing', 'name a directory for the keys: `--out DIR`');
  }
  const directory = out.replace(/\/+$/u, '');
  const { privatePem, publicPem } = tools.generateKeys();
  const publicKey = tools.publicKeyFromPem(publicPem);
  if ('problem' in publicKey) throw new Error('a key that was just made cannot be read');
  for (const [name, text, access] of [
    ['trail.key.pem', privatePem, 'owner'],
    ['trail.pub.pem', publicPem, 'everyone'],
  ] as const) {
    const path = `${directory}/${name}`;
    const problem = await tools.writeNew(path, text, access);
    if (problem !== undefined) {
      throw new UsageError(
        `\`${path}\` is not written: ${problem}`,
        'name a directory that is there and holds no keys yet; a key is never replaced',
      );
    }
    printLine(context, `written: ${path}`);
  }
  printLine(context, `key      ${tools.crypto.keyIdOf(publicKey.key)}`);
  return EXIT_CODES.ok;
};
