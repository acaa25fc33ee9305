import type { SourceFile } from './policy-dialect';

/** What a path names: one file, or the policy files of a directory in a stable order. */
export type Expansion = Expanded | { readonly failure: string };

/** What a path stood for. */
export interface Expanded {
  readonly kind: 'file' | 'directory';
  readonly paths: readonly string[];
}

/** The text of a file, or why there is none. Failures are fit to show to a user. */
export type ReadOutcome = { readonly file: SourceFile } | { readonly failure: string };

/** A path that an include names, or why it may not name it. */
export type Resolution = { readonly path: string } | { readonly failure: string };

/** Reads policy files. Nothing here throws: what cannot be read is a failure with a text. */
export interface FileReader {
  /** A directory stands for its `.yaml`, `.yml` and `.json` files, sorted, without those of its directories. */
  expand(path: string): Promise<Expansion>;
  read(path: string): Promise<ReadOutcome>;
  /** A relative path must lie beneath the directory of the file that names it; an absolute one may lie anywhere. */
  resolve(fromFile: string, included: string): Resolution;
  /** Equal for two paths exactly if they lead to the same file (links followed). The path itself if there is none. */
  identityOf(path: string): Promise<string>;
}
