import type { FileReader } from './file-reader';

/** One reading of a whole set of sources. */
export interface SourceReading {
  readonly reader: FileReader;
  /**
   * True if nothing that was read has changed since it was read, so that the set is one that existed at one
   * instant. False: read again, what was read may be half old and half new.
   */
  isWhole(): Promise<boolean>;
}

/** What a watch finds. Calls never overlap. */
export interface SourceListener {
  /** The sources differ from those of the last whole reading. */
  onChange(): Promise<void>;
  /** The sources were read again and are those of the last whole reading. */
  onUnchanged(): void;
}

/** A watch that is running. */
export interface SourceWatch {
  /** Ends the watch; nothing is called afterwards. */
  close(): void;
}

/** Where bundles come from. */
export interface PolicySource {
  /** Starts a reading of everything. */
  open(): SourceReading;
  watch(listener: SourceListener): SourceWatch;
}
