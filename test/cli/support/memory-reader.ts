import type { FileReader } from '../../../src/ports/file-reader';

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
