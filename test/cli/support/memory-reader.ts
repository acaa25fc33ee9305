import type { FileReader } from '../../../src/ports/file-reader';
import type { LogPiece, LogReader } from '../../../src/ports/log-lines';
import { createLineSplitter } from '../../../src/sources/files/line-splitter';

/** Files by path; what stands in front of the last `/` is a directory. `-` is the standard input. */
export type MemoryFiles = Readonly<Record<string, string>>;

/** Reads files that exist only in the test, by the rules of the real reader as far as commands notice them. */
export function createMemoryReader(files: MemoryFiles): FileReader {
  const expand: FileReader['expand'] = (path) => {
    if (Object.hasOwn(files, path)) return Promise.resolve({ kind: 'file', paths: [path] });
    const prefix = path.endsWith('/') ? path : `${path}/`;
    const paths = Object.keys(files)
      .filter((name) => name.startsWith(prefix) && !name.slice(prefix.length).includes('/'))
      .sort();
    return Promise.resolve(
      paths.length > 0 ? { kind: 'directory', paths } : { failure: 'there is no such file' },
    );
  };
  return {
    expand,
    read: (path) => {
      const text = Object.hasOwn(files, path) ? files[path] : undefined;
      return Promise.resolve(
        text === undefined
          ? { failure: 'there is no such file' }
          : { file: { name: path === '-' ? 'stdin' : path, text } },
      );
    },
    resolve: (fromFile, included) => ({
      path: fromFile.slice(0, fromFile.lastIndexOf('/') + 1) + included,
    }),
    identityOf: (path) => Promise.resolve(path),
  };
}

/** Reads logs that exist only in the test, with the real splitter, in pieces that cut lines anywhere. */
export function createMemoryLogReader(files: MemoryFiles, pieceBytes = 100): LogReader {
  return {
    read: async function* (path): AsyncGenerator<LogPiece, void, undefined> {
      const text = Object.hasOwn(files, path) ? files[path] : undefined;
      if (text === undefined) {
        yield await Promise.resolve({ failure: 'there is no such file' });
        return;
      }
      const splitter = createLineSplitter();
      const bytes = Buffer.from(text);
      for (let start = 0; start < bytes.length; start += pieceBytes) {
        yield { lines: splitter.push(bytes.subarray(start, start + pieceBytes)) };
      }
      yield { lines: splitter.end() };
    },
  };
}
