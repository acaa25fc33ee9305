import { constants } from 'node:fs';
import type { Stats } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import {
  dirname,
  extname,
  isAbsolute,
  join,
  normalize,
  relative,
  resolve as resolvePath,
  sep,
} from 'node:path';

import type { Expansion, FileReader, ReadOutcome, Resolution } from '../../ports/file-reader';
import { explainFailure } from '../../platform/explain-failure';
import { MAX_DIRECTORY_FILES, MAX_FILE_BYTES } from './limits';

/** The path that stands for standard input. */
const STDIN_PATH = '-';

/** What standard input is called in findings. */
const STDIN_NAME = 'stdin';

const EXTENSIONS: ReadonlySet<string> = new Set(['.yaml', '.yml', '.json']);

/** Creates a reader of regular files. `-` is standard input, which is read once and then remembered. */
export function createFileReader(stdin: NodeJS.ReadableStream = process.stdin): FileReader {
  let typed: Promise<ReadOutcome> | undefined;
  return {
    expand: (path) =>
      path === STDIN_PATH ? Promise.resolve({ kind: 'file', paths: [path] }) : expand(path),
    read: (path) => {
      if (path !== STDIN_PATH) return readRegularFile(path);
      typed ??= readStream(stdin);
      return typed;
    },
    resolve: resolveInclude,
    identityOf: async (path) => {
      if (path === STDIN_PATH) return path;
      try {
        return await realpath(path);
      } catch {
        // A path that leads nowhere is reported when it is read; until then it stands for itself.
        return resolvePath(path);
      }
    },
  };
}

async function expand(path: string): Promise<Expansion> {
  try {
    const stats = await stat(path);
    if (!stats.isDirectory()) return { kind: 'file', paths: [path] };
    const names = (await readdir(path)).filter(isPolicyFileName).sort();
    if (names.length > MAX_DIRECTORY_FILES) {
      return { failure: `it holds more than ${String(MAX_DIRECTORY_FILES)} policy files` };
    }
    return { kind: 'directory', paths: await keepFiles(names.map((name) => join(path, name))) };
  } catch (error) {
    return { failure: explainFailure(error) };
  }
}

/** Hidden entries are left out: editors' files, and the `..data` through which ConfigMaps are swapped. */
function isPolicyFileName(name: string): boolean {
  return !name.startsWith('.') && EXTENSIONS.has(extname(name).toLowerCase());
}

/** Leaves out directories that are called like files. What cannot be looked at stays, to be reported by reading. */
async function keepFiles(paths: readonly string[]): Promise<readonly string[]> {
  const stats = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)));
  return paths.filter((_, index) => stats[index]?.isDirectory() !== true);
}

async function readRegularFile(path: string): Promise<ReadOutcome> {
  try {
    // Opened without waiting: a pipe without a writer must not hang the load.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat();
      const problem = refuseFile(stats);
      if (problem !== undefined) return { failure: problem };
      return decode(path, await readAtMost(handle, stats.size));
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { failure: explainFailure(error) };
  }
}

function refuseFile(stats: Stats): string | undefined {
  if (stats.isDirectory()) return 'it is a directory';
  if (!stats.isFile()) return 'it is not a regular file';
  return stats.size > MAX_FILE_BYTES ? tooLarge() : undefined;
}

function tooLarge(): string {
  return `it is larger than ${String(MAX_FILE_BYTES)} bytes`;
}

/** Reads one byte more than expected at most, so that a file that grows meanwhile is noticed by its size. */
async function readAtMost(
  handle: {
    read: (
      buffer: Buffer,
      offset: number,
      length: number,
      position: number,
    ) => Promise<{ bytesRead: number }>;
  },
  size: number,
): Promise<Buffer> {
  const buffer = Buffer.alloc(size + 1);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

async function readStream(stream: NodeJS.ReadableStream): Promise<ReadOutcome> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      chunks.push(bytes);
      length += bytes.length;
      if (length > MAX_FILE_BYTES) return { failure: tooLarge() };
    }
  } catch (error) {
    return { failure: explainFailure(error) };
  }
  return decode(STDIN_NAME, Buffer.concat(chunks));
}

function decode(name: string, bytes: Buffer): ReadOutcome {
  try {
    return {
      file: {
        name,
        text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
      },
    };
  } catch {
    return { failure: 'it is not UTF-8 text' };
  }
}

function resolveInclude(fromFile: string, included: string): Resolution {
  if (included === '' || included.includes('\0')) return { failure: 'it is no path' };
  if (isAbsolute(included)) return { path: normalize(included) };
  const directory = dirname(fromFile);
  const path = join(directory, included);
  const inside = relative(directory, path);
  if (inside === '..' || inside.startsWith(`..${sep}`)) {
    return {
      failure: 'it lies outside the directory of the file that includes it; give its absolute path',
    };
  }
  return { path };
}
