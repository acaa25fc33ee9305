import type { AppendFile, TrailFiles } from '../../../../src/ports/trail-files';

/** A file as it is in memory, and what of it would outlast a power cut. */
interface Inode {
  bytes: Uint8Array;
  durable: Uint8Array;
}

/** Something that can be made to fail. */
export type Operation =
  'append' | 'sync' | 'syncDirectory' | 'rename' | 'open' | 'truncate' | 'remove';

/** A disk that forgets what was not synced, fails when told to, and counts. */
export interface MemoryDisk {
  readonly files: TrailFiles;
  /** How often each operation was called. */
  readonly calls: Record<Operation, number>;
  /** Called before each operation; what it throws is the operation's failure. */
  onOperation: (operation: Operation, name: string) => void;
  /** Bytes that the next append that fails leaves behind. */
  tornBytes: number;
  /** False: `sync` and `syncDirectory` say that all is well, and do nothing. */
  isHonest: boolean;
  /** True: every operation takes a turn of the event loop. */
  isSlow: boolean;
  /** All contents, as a reader would see them now. */
  snapshot(): Record<string, Uint8Array>;
  /** What is left after the power is cut: `keeps` says how many bytes of those that were not synced came through. */
  powerCut(keeps?: (unsynced: number) => number): MemoryDisk;
}

/** A failure of the system. */
export class SystemError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A disk with these files, all of them durable. */
export function memoryDisk(contents: Readonly<Record<string, Uint8Array>> = {}): MemoryDisk {
  const names = new Map<string, Inode>();
  for (const [name, bytes] of Object.entries(contents)) names.set(name, { bytes, durable: bytes });
  let durableNames = new Map(names);
  let isLocked = false;
  const calls = {
    append: 0,
    sync: 0,
    syncDirectory: 0,
    rename: 0,
    open: 0,
    truncate: 0,
    remove: 0,
  };

  const enter = async (operation: Operation, name: string): Promise<void> => {
    calls[operation] += 1;
    if (disk.isSlow) await new Promise((resolve) => setImmediate(resolve));
    disk.onOperation(operation, name);
  };

  const inodeOf = (name: string): Inode => {
    const inode = names.get(name);
    if (inode === undefined) throw new SystemError('ENOENT');
    return inode;
  };

  const appendTo = (name: string, inode: Inode): AppendFile => ({
    size: () => Promise.resolve(inode.bytes.length),
    append: async (bytes) => {
      try {
        await enter('append', name);
      } catch (error) {
        inode.bytes = joined(inode.bytes, bytes.subarray(0, disk.tornBytes));
        throw error;
      }
      inode.bytes = joined(inode.bytes, bytes);
    },
    sync: async () => {
      await enter('sync', name);
      if (disk.isHonest) inode.durable = inode.bytes;
    },
    truncate: async (size) => {
      await enter('truncate', name);
      inode.bytes = inode.bytes.slice(0, size);
    },
    close: () => Promise.resolve(),
  });

  const files: TrailFiles = {
    list: () => Promise.resolve([...names.keys()]),
    read: (name) => Promise.resolve().then(() => inodeOf(name).bytes),
    readFrom: (name, offset, maxBytes) =>
      Promise.resolve().then(() => inodeOf(name).bytes.slice(offset, offset + maxBytes)),
    size: (name) => Promise.resolve().then(() => inodeOf(name).bytes.length),
    openAppend: async (name) => {
      await enter('open', name);
      const inode = names.get(name) ?? { bytes: new Uint8Array(), durable: new Uint8Array() };
      names.set(name, inode);
      return appendTo(name, inode);
    },
    rename: async (from, to) => {
      await enter('rename', from);
      names.set(to, inodeOf(from));
      names.delete(from);
    },
    remove: async (name) => {
      await enter('remove', name);
      names.delete(name);
    },
    syncDirectory: async () => {
      await enter('syncDirectory', '');
      if (disk.isHonest) durableNames = new Map(names);
    },
    lock: () => {
      if (isLocked) return Promise.reject(new Error('locked'));
      isLocked = true;
      return Promise.resolve(() => Promise.resolve(void (isLocked = false)));
    },
  };

  const disk: MemoryDisk = {
    ...{ files, calls, onOperation: () => undefined, tornBytes: 0, isHonest: true, isSlow: false },
    snapshot: () => Object.fromEntries([...names].map(([name, { bytes }]) => [name, bytes])),
    powerCut: (keeps = () => 0) =>
      memoryDisk(
        Object.fromEntries([...durableNames].map(([name, inode]) => [name, left(inode, keeps)])),
      ),
  };
  return disk;
}

/** Whatever came through of an appended end is its beginning; a cut that was not synced may be undone. */
function left({ bytes, durable }: Inode, keeps: (unsynced: number) => number): Uint8Array {
  const unsynced = bytes.length - durable.length;
  if (unsynced <= 0) return durable;
  return joined(durable, bytes.slice(durable.length, durable.length + keeps(unsynced)));
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}
