/** Where bundles are kept, each in a file of its own. */
export interface BundleFiles {
  /** Puts a file in the place of what has the name. Resolves once all of it is on the disk; rejects with the system's error. */
  write(name: string, text: string): Promise<void>;
  /** The text of a file. Rejects where there is none that can be read. */
  read(name: string): Promise<string>;
}
