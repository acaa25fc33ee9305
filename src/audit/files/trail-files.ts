import { constants } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

import { syncDirectory } from '../../platform/durable-file';
import type { AppendFile, TrailFiles, TrailReader } from '../../ports/trail-files';
import { TrailError } from '../../ports/trail-error';
import { lockDirectory } from './directory-lock';

/** The owner reads and writes; nobody else does. */
const FILE_MODE = 0o600;

/** Opens files of a trail's directory for reading. */
export function createTrailReader(directory: string): TrailReader {
  return {
    list: () => readdir(directory),
    read: (name, maxBytes) => readWhole(join(directory, name), maxBytes),
    readFrom: (name, offset, maxBytes) => readPart(join(directory, name), offset, maxBytes),
    size: async (name) => (await stat(join(directory, name))).size,
  };
}

/** Opens files of a trail's directory, which must exist, for its writer. */
export function createTrailFiles(directory: string): TrailFiles {
  return {
    ...createTrailReader(directory),
    openAppend: async (name) => appendTo(await open(join(directory, name), 'a', FILE_MODE)),
    rename: (from, to) => rename(join(directory, from), join(directory, to)),
    remove: (name) => rm(join(directory, name), { force: true }),
    syncDirectory: () => syncDirectory(directory),
    lock: () => lockDirectory(directory),
  };
}

async function readWhole(path: string, maxBytes: number): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > maxBytes) throw new TrailError(`\`${path}\` has more than ${String(maxBytes)} bytes`);
  return readPart(path, 0, maxBytes);
}

/** Whoever hands over a trail may have put a pipe or a device in the place of a file: neither ever ends. */
async function openFile(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new TrailError(`\`${path}\` is no file`);
}

async function readPart(path: string, offset: number, maxBytes: number): Promise<Uint8Array> {
  const file = await openFile(path);
  try {
    const room = Math.min(maxBytes, Math.max(0, (await file.stat()).size - offset));
    const bytes = new Uint8Array(room);
    // One read may give only a part; none gives nothing before the end.
    for (let done = 0; done < room;) {
      const { bytesRead } = await file.read(bytes, done, room - done, offset + done);
      if (bytesRead === 0) return bytes.subarray(0, done);
      done += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

function appendTo(file: FileHandle): AppendFile {
  return {
    size: async () => (await file.stat()).size,
    append: async (bytes) => {
      // One write may take only a part.
      for (let done = 0; done < bytes.length;) {
        done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
      }
    },
    sync: () => file.datasync(),
    truncate: (size) => file.truncate(size),
    close: () => file.close(),
  };
}
