import type { FileLines, LogReader } from '../ports/log-lines';
import type { CliDependencies } from './dependencies';
import { UsageError } from './usage-error';

/** What the standard input is called in findings. */
const STDIN_NAME = 'stdin';

/** The files, each once, however they are named: lines that stand twice would count twice. */
export async function differentFiles(
  paths: readonly string[],
  reader: CliDependencies['reader'],
): Promise<readonly string[]> {
  const byIdentity = new Map<string, string>();
  for (const path of paths) {
    const identity = await reader.identityOf(path);
    if (!byIdentity.has(identity)) byIdentity.set(identity, path);
  }
  return [...byIdentity.values()];
}

/** The lines of all files, one file after the other. Throws `UsageError` for one that cannot be read. */
export async function* linesOf(
  paths: readonly string[],
  reader: LogReader,
): AsyncGenerator<FileLines, void, undefined> {
  for (const path of paths) {
    const file = path === '-' ? STDIN_NAME : path;
    for await (const piece of reader.read(path)) {
      if ('failure' in piece) {
        throw new UsageError(`\`${file}\` cannot be read: ${piece.failure}`, 'name another file');
      }
      yield { file, lines: piece.lines };
    }
  }
}
