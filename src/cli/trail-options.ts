import { errorCodeOf } from '../platform/error-code';
import { explainFailure } from '../platform/explain-failure';
import type { TrailPosition } from '../ports/trail';
import type { TrailTools } from '../ports/trail-tools';
import type { TrailReader } from '../ports/trail-files';
import { linesFile, segmentsIn } from '../service/trail/file-names';
import { TrailError } from '../ports/trail-error';
import type { CommandContext } from './command-context';
import type { ParsedArguments } from './parsed-arguments';
import { UsageError } from './usage-error';

/** The directory of a trail, opened. */
export interface RecordsDirectory {
  readonly directory: string;
  readonly reader: TrailReader;
}

/** A directory's name without slashes at its end. */
export function bareDirectory(path: string): string {
  return path.replace(/(?<=.)\/+$/u, '');
}

/** The one directory that a command is given. */
export function oneDirectoryOf({ positionals }: ParsedArguments, command: string): string {
  const [directory, second] = positionals;
  if (directory !== undefined && second === undefined) return bareDirectory(directory);
  throw new UsageError(`\`ambit ${command}\` takes one directory`, 'name that of the trail');
}

/** What `--records` names, which is a usage error where it is missing. */
export function recordsDirectoryOf(parsed: ParsedArguments): string {
  const given = parsed.value('records');
  if (given !== undefined) return bareDirectory(given);
  throw new UsageError('`--records` is missing', 'name the directory of a trail: `--records DIR`');
}

/** The trail of `--records`. What holds none is a usage error. */
export async function recordsOf(
  parsed: ParsedArguments,
  tools: TrailTools,
): Promise<RecordsDirectory> {
  return openRecords(recordsDirectoryOf(parsed), tools);
}

/** The trail in a directory. What holds none is a usage error, unless one is waited for. */
export async function openRecords(
  directory: string,
  tools: TrailTools,
  isAwaited = false,
): Promise<RecordsDirectory> {
  const reader = tools.readerIn(directory);
  const isThere = await hasSegments(directory, reader);
  if (isThere || isAwaited) return { directory, reader };
  throw new UsageError(
    `\`${directory}\` holds no trail`,
    `name the directory in which \`${linesFile(1)}\` stands`,
  );
}

async function hasSegments(directory: string, reader: TrailReader): Promise<boolean> {
  try {
    return segmentsIn(await reader.list()).length > 0;
  } catch (error) {
    throw unreadable(directory, error);
  }
}

/** For a directory that, or of which some file, cannot be read. */
export function unreadable(directory: string, error: unknown): UsageError {
  const [why, help] = reasonOf(error);
  return new UsageError(`\`${directory}\` cannot be read: ${why}`, help);
}

function reasonOf(error: unknown): readonly [why: string, help: string] {
  const code = errorCodeOf(error);
  // A trail is for its owner alone.
  if (code === 'EACCES' || code === 'EPERM')
    return [explainFailure(error), 'ask as the user that writes the trail, or read a copy of it'];
  if (error instanceof TrailError)
    return [error.message, 'name the directory of a trail that is whole'];
  const why = code === 'ENOENT' ? 'there is no such file or directory' : explainFailure(error);
  return [why, 'name the directory of a trail'];
}

/** The public keys of `--key`. */
export async function publicKeysOf(
  parsed: ParsedArguments,
  { dependencies }: CommandContext,
  tools: TrailTools,
): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const path of parsed.values('key')) {
    const read = await dependencies.reader.read(path);
    const found =
      'failure' in read ? { problem: read.failure } : tools.publicKeyFromPem(read.file.text);
    if ('problem' in found) {
      throw new UsageError(`\`${path}\` is no key: ${found.problem}`, 'name `trail.pub.pem`');
    }
    keys.push(found.key);
  }
  return keys;
}

const HEAD = /^([1-9]\d{0,14}):([0-9a-f]{64})$/u;

/** The line of `--head`, which the trail is known to have had; undefined: none was given. */
export function headOf(parsed: ParsedArguments): TrailPosition | undefined {
  const text = parsed.value('head');
  if (text === undefined) return undefined;
  const [, sequence, hash] = HEAD.exec(text) ?? [];
  if (sequence !== undefined && hash !== undefined) return { sequence: Number(sequence), hash };
  throw new UsageError(
    `\`--head ${text}\` is no head`,
    'write the number of a line, `:`, and its hash, as `head` of an earlier proof or of the log has them',
  );
}
