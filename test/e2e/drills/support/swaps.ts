import {
  closeSync,
  mkdirSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

import type { Source } from '../../../generators/source';
import type { Layout, SetFile } from './numbered-sets';

/** A place where sets of files are put, one instead of the other. */
export interface Place {
  /** What `--policy` names. */
  readonly path: string;
  /** Where the files of the set lie, as answers name them. */
  readonly directory: string;
  readonly layout: Layout;
  /** Puts a set there. True: it came in one go, so that no reading may have seen a part of it without noticing. */
  put(files: readonly SetFile[]): boolean;
}

/** Creates a place in an existing folder that is empty. */
export type MakePlace = (folder: string, source: Source) => Place;

/**
 * Milliseconds that the writing of files one after the other may take. The service waits for longer than this for
 * more to come; a machine that stands still in the middle of it makes two sets that look whole.
 */
const IN_ONE_GO_MS = 40;

function write(directory: string, files: readonly SetFile[]): void {
  mkdirSync(directory);
  for (const { name, content } of files) writeFileSync(join(directory, name), content);
}

/** As editors and most tools do it: a new file takes the place of the old one. */
const renamedFile: MakePlace = (folder) => ({
  path: join(folder, 'set.yaml'),
  directory: folder,
  layout: 'one file',
  put: ([file]) => {
    writeFileSync(join(folder, 'next'), file?.content ?? '');
    renameSync(join(folder, 'next'), join(folder, 'set.yaml'));
    return true;
  },
});

/** As `cp` and simple scripts do it: each file is emptied and written anew, in any order, and in pieces. */
const filesInPlace: MakePlace = (folder, source) => {
  const path = join(folder, 'policy');
  mkdirSync(path);
  return {
    path,
    directory: path,
    layout: 'many files',
    put: (files) => {
      const startedMs = performance.now();
      for (const file of shuffled(files, source)) writeInPieces(path, file);
      return performance.now() - startedMs < IN_ONE_GO_MS;
    },
  };
};

function shuffled<T>(list: readonly T[], source: Source): readonly T[] {
  const left = [...list];
  return list.flatMap(() => left.splice(source.below(left.length), 1));
}

function writeInPieces(directory: string, { name, content }: SetFile): void {
  const bytes = Buffer.from(content);
  const file = openSync(join(directory, name), 'w');
  const half = Math.trunc(bytes.length / 2);
  writeSync(file, bytes.subarray(0, half));
  writeSync(file, bytes.subarray(half));
  closeSync(file);
}

/** As a careful deployment does it: a new folder takes the place of the old one, and for a moment there is none. */
const swappedDirectory: MakePlace = (folder) => {
  const path = join(folder, 'policy');
  mkdirSync(path);
  return {
    path,
    directory: path,
    layout: 'many files',
    put: (files) => {
      write(join(folder, 'next'), files);
      renameSync(path, join(folder, 'old'));
      renameSync(join(folder, 'next'), path);
      rmSync(join(folder, 'old'), { recursive: true });
      return true;
    },
  };
};

/** As the kubelet updates a mounted ConfigMap: the files are links through `..data`, which is swapped. */
const swappedLink: MakePlace = (folder) => {
  const path = join(folder, 'policy');
  const link = join(path, '..data');
  mkdirSync(path);
  let count = 0;
  return {
    path,
    directory: path,
    layout: 'many files',
    put: (files) => {
      count += 1;
      const version = `..version_${String(count)}`;
      write(join(path, version), files);
      symlinkSync(version, `${link}_tmp`);
      const old = count === 1 ? undefined : readlinkSync(link);
      renameSync(`${link}_tmp`, link);
      if (old === undefined) {
        for (const { name } of files) symlinkSync(join('..data', name), join(path, name));
      } else {
        rmSync(join(path, old), { recursive: true });
      }
      return true;
    },
  };
};

/** All ways in which policies are replaced in practice. */
export const WAYS: Readonly<Record<string, MakePlace>> = {
  'a file renamed over the old one': renamedFile,
  'many files written in place': filesInPlace,
  'a directory swapped': swappedDirectory,
  'a link swapped, as in a mounted ConfigMap': swappedLink,
};
