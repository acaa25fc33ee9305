/** The files of one trail's directory, for reading. Everything rejects with the system's error. */
export interface TrailReader {
  /** The names of all files, in no order. */
  list(): Promise<readonly string[]>;
  /** All bytes of a file. Rejects if there are more than `maxBytes`. */
  read(name: string, maxBytes: number): Promise<Uint8Array>;
  /** At most `maxBytes` bytes from the byte `offset` on; fewer only where the file ends. */
  readFrom(name: string, offset: number, maxBytes: number): Promise<Uint8Array>;
  /** Bytes. */
  size(name: string): Promise<number>;
}

/** A file that only grows, or is cut. */
export interface AppendFile {
  /** Bytes that it has now, whoever wrote them. */
  size(): Promise<number>;
  /** Adds all bytes at the end, or rejects; then any number of them may have been added. */
  append(bytes: Uint8Array): Promise<void>;
  /** Resolves when all that was added, and the size, would outlast a power cut. */
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

/** The same files, for the one who writes. What is not synced may be gone after a power cut. */
export interface TrailFiles extends TrailReader {
  /** Opens a file; makes it, for its owner alone, where there is none. */
  openAppend(name: string): Promise<AppendFile>;
  /** Replaces what has the new name. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; one that is not there is none to remove. */
  remove(name: string): Promise<void>;
  /** Resolves when all names, new, changed and removed, would outlast a power cut. */
  syncDirectory(): Promise<void>;
  /** Takes the directory for this process; resolves to what gives it back. Rejects where another one writes. */
  lock(): Promise<() => Promise<void>>;
}
