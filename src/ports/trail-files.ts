/** The files of one trail: one directory that nobody else writes. Every promise rejects where the system fails. */
export interface TrailFiles {
  /** Names of all files, sorted. */
  list(): Promise<readonly string[]>;
  read(name: string): Promise<Uint8Array>;
  /** Adds to a file, and makes it where it is missing. What is added is on disk once the promise resolves. */
  append(name: string, text: string): Promise<void>;
  /** Cuts a file to its first bytes. */
  truncate(name: string, bytes: number): Promise<void>;
  /** Writes a file that is there whole or not at all, and on disk once the promise resolves. */
  create(name: string, text: string): Promise<void>;
}
